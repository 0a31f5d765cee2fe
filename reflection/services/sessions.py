"""A session from its planning to its end (RF-2, RF-3)."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal
from coordination.actors.services.versions import change_at_version
from coordination.actors.tenancy.scope import because
from coordination.actors.transitions import step

from ..models import ChecklistItem, Facilitator, Rtl, Session, Undangan
from ..policies import SessionPolicy
from ..toolkit import MODERATION, as_text
from .telling import tell_invited, tell_rtl_asked

SCHEDULE = ("held_on", "starts", "ends", "mode", "place")
"""When one of these changes, whoever has answered is asked again."""
PLAN = frozenset(("cycle", "held_on", "starts", "ends", "rtl_due_on"))
"""What must fit together."""


def plan_session(*, actor: Actor, **values: Any) -> Session:
    """Make a session of the actor's UPT with its preparation checklist; raises NotAllowed or Refusal."""
    SessionPolicy.require(actor, "create")
    _check(values)
    with transaction.atomic():
        session = Session(
            upt_id=actor.organisation_id or 0,
            path=actor.acting.path,
            time_zone=actor.acting.time_zone,
            created_by=actor.user,
            **{"moderation": as_text(MODERATION), **values},
        )
        session.rtl_due_on = session.rtl_due_on or Session.usual_rtl_due(session.held_on)
        session.save()
        ChecklistItem.objects.bulk_create(
            ChecklistItem(session=session, path=session.path, kind=kind) for kind in ChecklistItem.Kind
        )
    return session


def change_session(*, actor: Actor, session: Session, version: int, **values: Any) -> Session:
    """Change plan or letters of a session and take the invitations along.

    A new day, time or place asks everybody again who had answered. Raises NotAllowed, Refusal when the
    session is over, Conflict when somebody else was faster.
    """
    SessionPolicy.require(actor, "change", session)
    if not PLAN.isdisjoint(values):
        _check({name: getattr(session, name) for name in PLAN} | values)
    with transaction.atomic():
        before = Session.objects.select_for_update().get(pk=session.pk)
        if before.over:
            raise Refusal(_("Sesi ini sudah selesai atau dibatalkan, jadi tidak bisa diubah."))
        changed = change_at_version(before, version=version, values=values)
        moved = any(getattr(before, name) != getattr(changed, name) for name in SCHEDULE)
        deliver_copies(changed, moved=moved)
        if moved:
            _tell_everyone(actor, changed, "moved")
    return changed


def deliver_copies(session: Session, *, moved: bool = False) -> None:
    """Bring the copies in the session's invitations up to date."""
    copies = {name: getattr(session, name) for name in Undangan.COPIED}
    copies |= {"session_state": session.state, "session_reason": session.state_reason}
    letters = Undangan.objects.filter(session=session)
    if moved:
        copies["moved_at"] = timezone.now()
        letters.filter(state__in=Undangan.WAITING).update(
            state=Undangan.State.TERKIRIM, coming=None, answer_note="", answered_at=None, answered_by=None
        )
    letters.update(**copies)


def start_session(*, actor: Actor, session: Session) -> Session:
    """The session begins: notes and attendance can be written."""
    return _move(actor, session, "start")


def finish_session(*, actor: Actor, session: Session) -> Session:
    """The session ends: who was not marked present was absent, and everyone present owes an RTL (RF-5).

    Raises Refusal while nobody is marked present.
    """
    with transaction.atomic():
        ended = _move(actor, session, "finish")
        letters = Undangan.objects.filter(session=ended)
        if not letters.filter(state=Undangan.State.HADIR).exists():
            raise Refusal(_("Belum ada komunitas yang ditandai hadir."), mend=_("Isi kehadiran, lalu selesaikan sesi."))
        letters.filter(state__in=Undangan.WAITING).update(state=Undangan.State.TIDAK_HADIR)
        ask_for_rtl(actor, ended)
    return ended


def resume_session(*, actor: Actor, session: Session, reason: str) -> Session:
    """Open a finished session again, with a reason; attendance and RTL stay as they are."""
    return _move(actor, session, "resume", reason=reason)


def cancel_session(*, actor: Actor, session: Session, reason: str) -> Session:
    """Cancel a session; the reason reaches everyone who was invited."""
    with transaction.atomic():
        cancelled = _move(actor, session, "cancel", reason=reason)
        _tell_everyone(actor, cancelled, "cancelled")
    return cancelled


def ask_for_rtl(actor: Actor, session: Session) -> None:
    """Give each community that was present its empty RTL, and tell its penggerak by when it is asked for."""
    present = Undangan.objects.filter(session=session, state=Undangan.State.HADIR, rtl=None)
    letters = list(present.select_related("kombel"))
    Rtl.objects.bulk_create(Rtl(undangan=one, path=one.path, due_on=session.rtl_due_on) for one in letters)
    tell_rtl_asked(actor=actor, session=session, letters=letters)


def tick_preparation(*, actor: Actor, item: ChecklistItem, done: bool) -> ChecklistItem:
    """Tick or untick one preparation, keeping who and when; asking twice changes nothing (RF-2)."""
    SessionPolicy.require(actor, "change", item.session)
    with transaction.atomic():
        locked = ChecklistItem.objects.select_for_update().get(pk=item.pk)
        if done == bool(locked.done_at):
            return locked
        locked.done_at = timezone.now() if done else None
        locked.done_by = actor.user if done else None
        locked.save(update_fields=["done_at", "done_by"])
    return locked


def assign_task(*, actor: Actor, session: Session, name: str, task: str) -> Facilitator:
    """Give somebody a task at the session; the same twice is one row."""
    SessionPolicy.require(actor, "change", session)
    found, _created = Facilitator.objects.get_or_create(
        session=session, name=name, task=task, defaults={"path": session.path}
    )
    return found


def withdraw_task(*, actor: Actor, facilitator: Facilitator) -> None:
    """Take a task off somebody."""
    SessionPolicy.require(actor, "change", facilitator.session)
    facilitator.delete()


def _move(actor: Actor, session: Session, name: str, reason: str = "") -> Session:
    SessionPolicy.require(actor, "change", session)
    with transaction.atomic():
        because(reason)
        locked = Session.objects.select_for_update().get(pk=session.pk)
        change = Session.TRANSITIONS[name]
        if locked.state == change.target and locked.state_reason == reason:
            return locked  # the second of two clicks
        locked.state = step(Session.TRANSITIONS, name, state=locked.state, reason=reason)
        locked.state_reason = reason
        locked.version += 1
        locked.save(update_fields=["state", "state_reason", "version", "updated_at"])
        deliver_copies(locked)
    return locked


def _tell_everyone(actor: Actor, session: Session, event: str) -> None:
    letters = Undangan.objects.filter(session=session).exclude(state=Undangan.State.DITARIK).select_related("kombel")
    tell_invited(actor=actor, session=session, letters=letters, event=event)


def _check(values: dict[str, Any]) -> None:
    cycle = values["cycle"]
    if not cycle.starts <= values["held_on"] <= cycle.due_on:
        raise Refusal(
            _("Tanggal sesi harus di antara awal siklus (%(first)s) dan batas laporannya (%(last)s).")
            % {"first": date_format(cycle.starts), "last": date_format(cycle.due_on)},
            mend=_("Pilih siklus atau tanggal yang lain."),
        )
    if values["ends"] <= values["starts"]:
        raise Refusal(_("Jam selesai harus sesudah jam mulai."), mend=_("Perbaiki jamnya."))
    due = values.get("rtl_due_on")
    if due and due < values["held_on"]:
        raise Refusal(_("Batas RTL tidak boleh sebelum tanggal sesi."), mend=_("Pilih tanggal sesudahnya."))
