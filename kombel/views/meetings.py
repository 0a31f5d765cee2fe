from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import date as date_text
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coordination.actors.posting import save_once
from coordination.actors.services.drafts import drop_draft

from ..forms import MeetingForm, PlanForm, ReflectionForm
from ..models import Cluster, Kombel, Meeting, Member, Photo
from ..policies import KombelPolicy
from ..selectors.others import MEETING, MEETING_NEW, REFLECTION, led_by, meetings_of, members_of
from ..selectors.rules import rules_on
from ..services import (
    cancel_meeting,
    change_meeting,
    plan_meeting,
    record_meeting,
    remove_photo,
    write_reflection,
)
from .common import documenting_door, door, drafted, form_page, meeting_door

MINE_MOST = 100


@require_safe
def my_meetings(request):
    """The meetings of the kombel a person leads: what is to be documented, planned, done."""
    kombel = led_by(request.actor)
    rows = list(meetings_of(request.actor, [one.pk for one in kombel])[:MINE_MOST]) if kombel else []
    return render(request, "kombel/meetings.html", {"kombel": kombel, "rows": rows, "today": request.actor.today()})


@require_http_methods(["GET", "POST"])
def meeting_new(request, pk: int):
    """Document a meeting that took place, on a phone, in a minute."""
    found, actor = documenting_door(request, pk), request.actor
    kombel = found.kombel
    form = meeting_form(request, found.members, kombel, {"held_on": actor.today()})
    key = f"{MEETING_NEW}-{pk}"

    def act() -> str:
        drop_draft(actor=actor, key=key)
        meeting = record_meeting(actor=actor, kombel=kombel, **_recorded(request, form, kombel))
        return reverse("kombel:reflection", args=[meeting.pk])

    if (
        request.method == "POST"
        and form.is_valid()
        and (done := save_once(request, form, act, _("Pertemuan tersimpan.")))
    ):
        return done
    draft = drafted(request, form, found.draft, key, reverse("kombel:meeting_new_draft", args=[pk]))
    return _meeting_page(request, form, kombel, _("Catat pertemuan"), reverse("kombel:detail", args=[pk]), draft)


@require_http_methods(["GET", "POST"])
def meeting_change(request, pk: int):
    """Document a planned meeting, or correct one."""
    meeting = meeting_door(request, pk, "document", draft=MEETING)
    form = form_of(request, meeting)
    key = f"{MEETING}-{pk}"

    def act() -> str:
        drop_draft(actor=request.actor, key=key)
        version = form.cleaned_data["version"] or 0
        changed = change_meeting(
            actor=request.actor, meeting=meeting, version=version, **_recorded(request, form, meeting.kombel)
        )
        return reverse("kombel:meeting" if hasattr(meeting, "reflection") else "kombel:reflection", args=[changed.pk])

    if (
        request.method == "POST"
        and form.is_valid()
        and (done := save_once(request, form, act, _("Pertemuan tersimpan.")))
    ):
        return done
    title = _("Catat pertemuan") if meeting.state == Meeting.State.PLANNED else _("Perbaiki catatan")
    draft = drafted(request, form, meeting.draft, key, reverse("kombel:meeting_draft", args=[pk]))
    return _meeting_page(request, form, meeting.kombel, title, reverse("kombel:meeting", args=[pk]), draft)


def form_of(request, meeting: Meeting) -> MeetingForm:
    """The form of a meeting that is there, with what is written about it."""
    initial = {name: getattr(meeting, name) for name in ("held_on", "topic", "starts", "ends", "mode", "all_teachers")}
    initial |= {"present": meeting.present, "notes": meeting.notes, "version": meeting.version}
    initial["cluster"] = meeting.cluster_id
    initial["members"] = [str(one.member_id) for one in meeting.attendance.all()]
    return meeting_form(request, members_of(request.actor, meeting.kombel_id), meeting.kombel, initial)


def meeting_form(request, members: list[dict], kombel: Kombel, initial: dict) -> MeetingForm:
    rules = rules_on(request.actor.today())
    return MeetingForm(
        request.POST or None,
        request.FILES or None,
        initial=initial,
        kombel=kombel,
        members=members,
        photo_megabytes=rules.photo_megabytes,
        photos_most=rules.photos_most,
    )


def _recorded(request, form: MeetingForm, kombel: Kombel) -> dict:
    """What the services take; members and cluster go through the same door as their kombel."""
    data, actor = form.cleaned_data, request.actor
    members = Member.objects.visible_to(actor).filter(kombel=kombel, left_on=None, pk__in=data.get("members", []))
    minutes = form.minutes()
    if data.get("cluster"):
        cluster = get_object_or_404(Cluster.objects.visible_to(actor), kombel=kombel, pk=data["cluster"])
        minutes = replace(minutes, cluster=cluster)
    return {"minutes": minutes, "members": list(members), "photos": data["photos"]}


def _meeting_page(request, form, kombel: Kombel, title: str, back: str, draft: dict):
    return form_page(request, form, "kombel/meeting_form.html", title=title, kombel=kombel, back=back, draft=draft)


@require_http_methods(["GET", "POST"])
def meeting_plan(request, pk: int):
    """Plan a meeting with its topic (KB-4)."""
    kombel = door(request, pk, "document")
    form = PlanForm(request.POST or None, kombel=kombel)
    back = reverse("kombel:detail", args=[pk])

    def act() -> str:
        plan_meeting(actor=request.actor, kombel=kombel, minutes=form.minutes())
        return back

    said = _("Pertemuan direncanakan.")
    if request.method == "POST" and form.is_valid() and (done := save_once(request, form, act, said)):
        return done
    return form_page(request, form, title=_("Rencanakan pertemuan"), kombel=kombel, back=back)


@require_safe
def meeting_page(request, pk: int):
    """One meeting: who came, photos, notes, the reflection."""
    meeting, actor = meeting_door(request, pk), request.actor
    context = {
        "meeting": meeting,
        "kombel": meeting.kombel,
        "there": list(Member.objects.visible_to(actor).filter(attendance__meeting=meeting)),
        "photos": list(Photo.objects.visible_to(actor).filter(meeting=meeting)),
        "reflection": getattr(meeting, "reflection", None),
        "may_document": KombelPolicy.may(actor, "document", meeting.kombel),
    }
    return render(request, "kombel/meeting.html", context)


@require_http_methods(["GET", "POST"])
def meeting_reflection(request, pk: int):
    """The short reflection (2 minutes)."""
    meeting = meeting_door(request, pk, "document", draft=REFLECTION)
    names = ("went_well", "to_improve", "pupil_impact", "challenges", "next_step", "version")
    found = getattr(meeting, "reflection", None)
    form = ReflectionForm(
        request.POST or None, initial={name: getattr(found, name) for name in names} if found else None
    )
    back, key = reverse("kombel:meeting", args=[pk]), f"{REFLECTION}-{pk}"

    def act() -> str:
        drop_draft(actor=request.actor, key=key)
        write_reflection(actor=request.actor, meeting=meeting, **form.cleaned_data)
        messages.success(request, active_until_text(meeting.kombel, request.actor.today()))
        return back

    if request.method == "POST" and form.is_valid() and (done := save_once(request, form, act)):
        return done
    draft = drafted(request, form, meeting.draft, key, reverse("kombel:reflection_draft", args=[pk]))
    context = {"meeting": meeting, "kombel": meeting.kombel, "back": back, "draft": draft}
    return form_page(request, form, "kombel/reflection_form.html", **context)


def active_until_text(kombel: Kombel, today: date) -> str:
    """ "Tersimpan. Komunitas Anda aktif sampai 5 Desember." or, after an old meeting, that it is still silent."""
    until = kombel.active_until(rules_on(today).silent_days)
    if until < today:
        return _("Tersimpan. Komunitas Anda masih senyap; catat pertemuan terbaru.")
    return _("Tersimpan. Komunitas Anda aktif sampai %(day)s.") % {"day": date_text(until, "j F")}


@require_POST
def meeting_cancel(request, pk: int):
    """Cancel a planned meeting."""
    meeting = meeting_door(request, pk, "document")
    cancel_meeting(actor=request.actor, meeting=meeting)
    messages.success(request, _("Pertemuan dibatalkan."))
    return redirect("kombel:detail", pk=meeting.kombel_id)


@require_safe
def photo_file(request, pk: int):
    """A photo to those who see the meeting, and to nobody's cache but their own."""
    photo = get_object_or_404(Photo.objects.visible_to(request.actor), pk=pk)
    if not default_storage.exists(photo.file):
        raise Http404
    response = FileResponse(default_storage.open(photo.file), content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="foto-{photo.pk}.jpg"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response


@require_POST
def photo_remove(request, pk: int):
    """Take a photo away."""
    photo = get_object_or_404(Photo.objects.visible_to(request.actor).select_related("meeting__kombel"), pk=pk)
    remove_photo(actor=request.actor, photo=photo)
    messages.success(request, _("Foto dihapus."))
    return redirect("kombel:meeting", pk=photo.meeting_id)
