"""A UPT's sessions: list, plan, preparation, states, papers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coordination.actors.errors import Refusal
from coordination.actors.posting import PER_PAGE, form_page, once, tried
from coordination.actors.transitions import allowed

from ..documents.sessions import kak_pdf, letters_pdf
from ..forms.sessions import DesignForm, MoveForm, SessionFilter, SessionForm, TaskForm
from ..models import ChecklistItem, Facilitator, Note, Session
from ..policies import SessionPolicy
from ..selectors.sessions import note_counts, notes_by_prompt, sessions, with_counts
from ..services import sessions as service
from ..toolkit import CONTENTS, MODERATION, NOTE_COLUMNS, RTL_COLUMNS, SLIDES


def own_session(request, pk: int) -> Session:
    """The door to a session its UPT works on; seen but not held (Pusat) is 403."""
    rows = Session.objects.visible_to(request.actor).select_related("cycle", "upt")
    session = get_object_or_404(rows, pk=pk)
    SessionPolicy.require(request.actor, "change", session)
    return session


@require_GET
def session_list(request):
    """The sessions the actor sees, with counts."""
    found = SessionFilter(request.GET, actor=request.actor)
    rows = sessions(request.actor, **found.wanted())
    context = {
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "filter": found,
        "may_create": SessionPolicy.may(request.actor, "create"),
    }
    return render(request, "reflection/sessions/list.html", context)


@require_http_methods(["GET", "POST"])
def session_new(request):
    """Plan a session."""
    actor = request.actor
    SessionPolicy.require(actor, "create")
    form = SessionForm(request.POST or None, today=actor.today())
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            return reverse("reflection:session", args=[service.plan_session(actor=actor, **form.values()).pk])

        url = tried(form, lambda: once(actor, form.cleaned_data["token"], make))
        if url:
            return redirect(url)
    return form_page(request, "reflection/sessions/form.html", {"form": form})


@require_GET
def session_detail(request, pk: int):
    """One session: what is prepared, who comes, what was said, who owes an RTL."""
    rows = with_counts(Session.objects.visible_to(request.actor).select_related("cycle", "upt"))
    session = get_object_or_404(rows, pk=pk)
    mine = SessionPolicy.may(request.actor, "change", session)
    context = {"session": session, "mine": mine}
    if mine:
        counts = note_counts(session)
        context |= {
            "checklist": ChecklistItem.objects.filter(session=session).select_related("done_by"),
            "moves": allowed(Session.TRANSITIONS, session.state),
            "prompt_rows": [(value, label, counts[value]) for value, label in Note.Prompt.choices],
        }
    return render(request, "reflection/sessions/detail.html", context)


@require_http_methods(["GET", "POST"])
def session_edit(request, pk: int):
    """Change when, where and what; whoever was invited gets the new version."""
    session = own_session(request, pk)
    form = SessionForm(request.POST or None, instance=session, today=request.actor.today())
    if request.method == "POST" and form.is_valid():
        done = tried(form, lambda: _change(request, session, form))
        if done:
            messages.success(request, _("Tersimpan. Undangan yang sudah dikirim ikut diperbarui."))
            return redirect("reflection:session", pk=pk)
    return form_page(request, "reflection/sessions/form.html", {"form": form, "session": session})


def _change(request, session: Session, form) -> Session:
    version = form.cleaned_data["version"] or 0
    return service.change_session(actor=request.actor, session=session, version=version, **form.values())


@require_http_methods(["GET", "POST"])
def session_design(request, pk: int):
    """KAK, technical design and letters (RF-2)."""
    session = own_session(request, pk)
    form = DesignForm(request.POST or None, instance=session, initial={"version": session.version})
    if request.method == "POST" and form.is_valid():
        done = tried(form, lambda: _change(request, session, form))
        if done:
            messages.success(request, _("Rancangan tersimpan."))
            return redirect("reflection:session_design", pk=pk)
    people = Facilitator.objects.filter(session=session)
    context = {"form": form, "session": session, "people": people, "task_form": TaskForm(auto_id="petugas_%s")}
    return form_page(request, "reflection/sessions/design.html", context)


@require_POST
def task_add(request, pk: int):
    """Give somebody a task."""
    session = own_session(request, pk)
    form = TaskForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Nama dan tugas wajib diisi."), mend=_("Kembali, lalu lengkapi keduanya."))
    service.assign_task(actor=request.actor, session=session, **form.cleaned_data)
    return redirect("reflection:session_design", pk=pk)


@require_POST
def task_remove(request, pk: int):
    """Take a task off somebody."""
    person = get_object_or_404(Facilitator.objects.visible_to(request.actor).select_related("session"), pk=pk)
    service.withdraw_task(actor=request.actor, facilitator=person)
    return redirect("reflection:session_design", pk=person.session_id)


@require_POST
def session_tick(request, pk: int):
    """Tick or untick one preparation."""
    item = get_object_or_404(ChecklistItem.objects.visible_to(request.actor).select_related("session"), pk=pk)
    service.tick_preparation(actor=request.actor, item=item, done=request.POST.get("done") == "1")
    return redirect(reverse("reflection:session", args=[item.session_id]) + "#persiapan")


@require_POST
def session_move(request, pk: int):
    """Start, finish, reopen or cancel a session."""
    session = own_session(request, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Langkah itu tidak dikenal."))
    change, reason = form.cleaned_data["change"], form.cleaned_data["reason"]
    with_reason = {"reason": reason} if Session.TRANSITIONS[change].needs_reason else {}
    moved = getattr(service, f"{change}_session")(actor=request.actor, session=session, **with_reason)
    messages.success(request, _("Keadaan sesi: %(state)s.") % {"state": moved.get_state_display()})
    return redirect("reflection:session", pk=pk)


@require_GET
def session_recap(request, pk: int):
    """All notes of a session in the notes template (RF-4), for print."""
    session = own_session(request, pk)
    notes = notes_by_prompt(session)
    context = {"session": session, "prompts": [(label, notes[value]) for value, label in Note.Prompt.choices]}
    return render(request, "reflection/sessions/recap.html", context)


@require_GET
def session_kak(request, pk: int):
    """The KAK as PDF."""
    session = own_session(request, pk)
    return pdf(kak_pdf(session), f"kak-sesi-{session.pk}.pdf")


@require_GET
def session_letters(request, pk: int):
    """The letter of invitation with its list, as PDF."""
    session = own_session(request, pk)
    return pdf(letters_pdf(session), f"undangan-sesi-{session.pk}.pdf")


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF to download."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_GET
def toolkit(request):
    """The reflection toolkit (RF-4): the same for everyone."""
    context = {
        "contents": CONTENTS,
        "moderation": MODERATION,
        "slides": SLIDES,
        "note_columns": NOTE_COLUMNS,
        "rtl_columns": RTL_COLUMNS,
    }
    return render(request, "reflection/toolkit.html", context)
