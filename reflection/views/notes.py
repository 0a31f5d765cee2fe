"""The facilitation screen: one prompt at a time, one action per note (RF-3)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coordination.actors.posting import form_page, once, tried

from ..forms.notes import NoteForm, TakeOverForm
from ..models import Note, Session
from ..selectors.communities import material, materials
from ..selectors.sessions import invited, note_counts
from ..services.notes import change_note, remove_note, take_over, write_note
from .sessions import own_session


def _prompt(request) -> str:
    asked = request.GET.get("bagian", "")
    return asked if asked in Note.Prompt.values else Note.Prompt.BAIK


def _screen(session: Session | int, prompt: str) -> str:
    pk = session.pk if isinstance(session, Session) else session
    return f"{reverse('reflection:session_notes', args=[pk])}?bagian={prompt}"


@require_http_methods(["GET", "POST"])
def session_notes(request, pk: int):
    """Write under one prompt, beside what the communities have already said."""
    session, prompt, actor = own_session(request, pk), _prompt(request), request.actor
    form = NoteForm(request.POST or None, session=session, prompt=prompt, initial={"undangan": request.GET.get("dari")})
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            note = write_note(actor=actor, session=session, prompt=prompt, **form.values())
            return f"{_screen(session, prompt)}#n-{note.pk}"

        url = tried(form, lambda: once(actor, form.cleaned_data["token"], make))
        if url:
            return redirect(url)
    return form_page(request, "reflection/sessions/notes.html", _context(request, session, prompt, form))


def _context(request, session: Session, prompt: str, form) -> dict:
    counts = note_counts(session)
    asked = request.GET.get("dari", "")
    chosen = invited(session).filter(pk=asked).first() if asked.isdecimal() else None
    return {
        "session": session,
        "form": form,
        "prompt": prompt,
        "question": Note.QUESTIONS[prompt],
        "tabs": [(value, label, counts[value]) for value, label in Note.Prompt.choices],
        "notes": Note.objects.filter(session=session, prompt=prompt).select_related("risk", "written_by"),
        "materials": materials(session, prompt, undangan=chosen) if session.open_to_notes else [],
        "chosen": chosen,
    }


@require_POST
def session_take_over(request, pk: int):
    """Make a note of what a community said before the session, with its source (RF-8)."""
    session = own_session(request, pk)
    form = TakeOverForm(request.POST)
    if not form.is_valid():
        raise Http404
    data = form.cleaned_data
    found = material(session, data["kind"], data["id"], data["part"])
    if found is None or not found[0]:
        raise Http404
    text, undangan = found
    source = {"source_kind": data["kind"], "source_id": data["id"], "source_part": data["part"]}
    note = take_over(
        actor=request.actor, session=session, prompt=data["prompt"], text=text, undangan=undangan, **source
    )
    return redirect(f"{_screen(session, note.prompt)}#n-{note.pk}")


def _note(request, pk: int) -> Note:
    rows = Note.objects.visible_to(request.actor).select_related("session__upt", "session__cycle", "risk")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
def note_edit(request, pk: int):
    """Correct a note; somebody faster gives a 409 with both versions."""
    note = _note(request, pk)
    letter = invited(note.session).filter(kombel=note.kombel_id).first() if note.kombel_id else None
    now = {name: getattr(note, name) for name in ("text", "solution", "risk", "version")} | {"undangan": letter}
    form = NoteForm(request.POST or None, session=note.session, prompt=note.prompt, initial=now)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        done = tried(form, lambda: change_note(actor=request.actor, note=note, version=version, **form.values()))
        if done:
            return redirect(f"{_screen(note.session_id, note.prompt)}#n-{note.pk}")
    return form_page(request, "reflection/sessions/note.html", {"form": form, "note": note, "session": note.session})


@require_POST
def note_remove(request, pk: int):
    """Remove a note written by mistake."""
    note = _note(request, pk)
    remove_note(actor=request.actor, note=note)
    messages.success(request, _("Catatan dihapus."))
    return redirect(_screen(note.session_id, note.prompt))
