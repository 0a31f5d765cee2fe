"""Drafts of the meeting form and the reflection: kept while somebody types, behind the same doors as the forms."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coordination.actors.drafts import saved_text, typed
from coordination.actors.services.drafts import drop_draft, keep_draft

from ..forms import ReflectionForm
from ..selectors.others import MEETING, MEETING_NEW, REFLECTION, members_of
from .common import documenting_door, meeting_door
from .meetings import meeting_form


@require_POST
def meeting_new_draft(request, pk: int):
    """Keep what is being written about a new meeting."""
    found = documenting_door(request, pk)
    form = meeting_form(request, found.members, found.kombel, {})
    return _kept(request, form, f"{MEETING_NEW}-{pk}", 0, reverse("kombel:meeting_new", args=[pk]))


@require_POST
def meeting_draft(request, pk: int):
    """Keep what is being written about a meeting that is there."""
    meeting = meeting_door(request, pk, "document")
    form = meeting_form(request, members_of(request.actor, meeting.kombel_id), meeting.kombel, {})
    return _kept(request, form, f"{MEETING}-{pk}", meeting.version, reverse("kombel:meeting_change", args=[pk]))


@require_POST
def reflection_draft(request, pk: int):
    """Keep what is being written as a reflection."""
    meeting = meeting_door(request, pk, "document")
    version = getattr(getattr(meeting, "reflection", None), "version", 0)
    back = reverse("kombel:reflection", args=[pk])
    return _kept(request, ReflectionForm(request.POST), f"{REFLECTION}-{pk}", version, back)


def _kept(request: HttpRequest, form, key: str, now: int, back: str) -> HttpResponse:
    """Keep or drop the draft; the script gets JSON, a button without it leads back to the form.

    `now` is the object's version: a draft of an older one is kept all the same, and its writer told.
    """
    if request.POST.get("aksi") == "buang":
        drop_draft(actor=request.actor, key=key)
        messages.success(request, _("Draf dibuang."))
        return redirect(back)
    text = request.POST.get("version", "")
    version = int(text) if text.isdecimal() and len(text) < 9 else 0
    draft = keep_draft(actor=request.actor, key=key, version=version, fields=typed(form, request.POST))
    saved = saved_text(request.actor, draft.saved_at)
    overtaken = _("Catatan ini sudah diubah orang lain. Draf Anda tersimpan; kirim untuk membandingkan keduanya.")
    if "application/json" not in request.headers.get("accept", ""):
        messages.success(request, _("Draf tersimpan %(time)s.") % {"time": saved} if version == now else overtaken)
        return redirect(back)
    if version != now:
        return JsonResponse({"detail": overtaken}, status=409)
    return JsonResponse({"version": version, "saved": saved})
