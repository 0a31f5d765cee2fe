"""Notes of a session: one row each, so that several facilitators write at once (RF-3, RF-8)."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal
from coordination.actors.services.versions import change_at_version

from ..models import Note, Session, Undangan
from ..policies import NotePolicy, SessionPolicy


def write_note(
    *,
    actor: Actor,
    session: Session,
    prompt: str,
    text: str,
    undangan: Undangan | None = None,
    risk: Note | None = None,
    solution: str = "",
) -> Note:
    """Add a note under one of the six prompts; raises NotAllowed or Refusal.

    `undangan` names the community that said it, `risk` the risk a mitigation answers, `solution` the idea for
    something to improve (RF-4).
    """
    SessionPolicy.require(actor, "change", session)
    _check_open(session)
    _check_parts(session, prompt, undangan, risk, solution)
    return Note.objects.create(
        path=session.path,
        session=session,
        prompt=prompt,
        text=text,
        solution=solution,
        risk=risk,
        written_by=actor.user,
        **_said_by(undangan),
    )


def change_note(
    *,
    actor: Actor,
    note: Note,
    version: int,
    text: str,
    undangan: Undangan | None = None,
    risk: Note | None = None,
    solution: str = "",
) -> Note:
    """Correct a note; raises NotAllowed, Refusal, or Conflict with both versions."""
    NotePolicy.require(actor, "change", note)
    _check_open(note.session)
    _check_parts(note.session, note.prompt, undangan, risk, solution)
    values: dict[str, Any] = {"text": text, "solution": solution, "risk": risk, **_said_by(undangan)}
    with transaction.atomic():
        return change_at_version(note, version=version, values=values)


def remove_note(*, actor: Actor, note: Note) -> None:
    """Remove a note written by mistake; raises Refusal when a mitigation or a report builds on it."""
    NotePolicy.require(actor, "change", note)
    _check_open(note.session)
    try:
        with transaction.atomic():
            note.delete()
    except (ProtectedError, IntegrityError) as error:
        raise Refusal(
            _("Catatan ini dipakai oleh mitigasi atau laporan, jadi tidak bisa dihapus."),
            mend=_("Ubah isinya, atau lepaskan dulu kaitannya."),
        ) from error


def take_over(
    *,
    actor: Actor,
    session: Session,
    prompt: str,
    text: str,
    undangan: Undangan,
    source_kind: str,
    source_id: int,
    source_part: str,
) -> Note:
    """Make a note of a community's own words, keeping where they stand; the same text twice is one note (RF-8)."""
    SessionPolicy.require(actor, "change", session)
    _check_open(session)
    _check_parts(session, prompt, undangan, None, "")
    found, _created = Note.objects.get_or_create(
        session=session,
        source_kind=source_kind,
        source_id=source_id,
        source_part=source_part,
        prompt=prompt,
        defaults={"path": session.path, "text": text, "written_by": actor.user, **_said_by(undangan)},
    )
    return found


def _said_by(undangan: Undangan | None) -> dict[str, Any]:
    if undangan is None:
        return {"kombel_id": None, "kombel_name": ""}
    return {"kombel_id": undangan.kombel_id, "kombel_name": undangan.kombel.name}


def _check_open(session: Session) -> None:
    if not session.open_to_notes:
        raise Refusal(
            _("Catatan diisi setelah sesi dimulai."), mend=_("Mulai sesi lebih dulu di halaman sesi."), code="not_open"
        )


def _check_parts(session: Session, prompt: str, undangan: Undangan | None, risk: Note | None, solution: str) -> None:
    if undangan is not None and (undangan.session_id != session.pk or undangan.state == Undangan.State.DITARIK):
        raise Refusal(_("Komunitas itu tidak diundang ke sesi ini."), mend=_("Pilih komunitas yang diundang."))
    if risk is not None and (
        prompt != Note.Prompt.MITIGASI or risk.session_id != session.pk or risk.prompt != Note.Prompt.RISIKO
    ):
        raise Refusal(_("Mitigasi hanya bisa dikaitkan dengan risiko dari sesi yang sama."))
    if solution and prompt != Note.Prompt.DITINGKATKAN:
        raise Refusal(_("Ide solusi hanya untuk hal yang perlu ditingkatkan."))
