"""Sessions and what is written in them: the business of the UPT that holds them, and of nobody beside it."""

from django.db.models import Model

from coordination.actors.actor import AT_SCHOOL
from coordination.actors.policies.base import Policy

from ..models import ChecklistItem, Facilitator, Feedback, Note, Rtl, RtlItem, Session, Undangan


def holds(actor, session) -> bool:
    """Whether the actor works at the UPT that holds the session."""
    return actor.is_upt and session.upt_id == actor.organisation_id


def leads(actor, undangan) -> bool:
    """Whether the actor is a penggerak of the invited community, acting at a school."""
    return actor.role in AT_SCHOOL and actor.covers(undangan.path) and undangan.kombel.led_by(actor.user.pk)


class SessionPolicy(Policy):
    """Any role of a UPT facilitates its own sessions; Pusat reads their states and counts."""

    model = Session
    rules = {
        "view": lambda actor, session: actor.is_pusat or holds(actor, session),
        "create": lambda actor, session: actor.is_upt,
        "change": holds,
    }

    @classmethod
    def visible_to(cls, actor, rows):
        if actor.is_pusat:
            return rows
        return rows.filter(upt_id=actor.organisation_id) if actor.is_upt else rows.none()

    @classmethod
    def owner_of(cls, obj) -> str:
        return str(obj.upt) if obj is not None else ""


class ChecklistPolicy(Policy):
    """Parts of a session that only its UPT reads and writes."""

    model: type[Model] = ChecklistItem
    rules = {
        "view": lambda actor, part: holds(actor, part.session),
        "change": lambda actor, part: holds(actor, part.session),
    }

    @classmethod
    def visible_to(cls, actor, rows):
        return rows.filter(session__upt_id=actor.organisation_id) if actor.is_upt else rows.none()


class FacilitatorPolicy(ChecklistPolicy):
    model = Facilitator


class NotePolicy(ChecklistPolicy):
    """Notes are the UPT's own memory of a session; not even Pusat reads them before they are reported."""

    model = Note


class UndanganPolicy(Policy):
    """A letter is read by the community's penggerak, the UPT that sent it and the Dinas of the area."""

    model = Undangan
    rules = {
        "view": lambda actor, one: (
            holds(actor, one) or leads(actor, one) or (actor.is_dinas and actor.covers(one.path))
        ),
        "answer": leads,
        "manage": holds,
    }

    @classmethod
    def visible_to(cls, actor, rows):
        return of_invited(actor, rows, "", dinas=True)


class FeedbackPolicy(Policy):
    """Feedback is written by the penggerak and read by them and by the UPT that asked for it."""

    model = Feedback
    rules = {
        "view": lambda actor, one: holds(actor, one.undangan) or leads(actor, one.undangan),
        "write": lambda actor, one: leads(actor, one.undangan),
    }

    @classmethod
    def visible_to(cls, actor, rows):
        return of_invited(actor, rows, "undangan__")


class RtlPolicy(Policy):
    """A follow-up plan is the penggerak's; the UPT may fill it on their behalf, the Dinas reads it."""

    model = Rtl
    rules = {
        "view": lambda actor, rtl: UndanganPolicy.may(actor, "view", rtl.undangan),
        "write": lambda actor, rtl: holds(actor, rtl.undangan) or leads(actor, rtl.undangan),
    }

    @classmethod
    def visible_to(cls, actor, rows):
        return of_invited(actor, rows, "undangan__", dinas=True)


class RtlItemPolicy(Policy):
    """An activity goes with its plan."""

    model = RtlItem
    rules = {
        "view": lambda actor, item: RtlPolicy.may(actor, "view", item.rtl),
        "write": lambda actor, item: RtlPolicy.may(actor, "write", item.rtl),
    }

    @classmethod
    def visible_to(cls, actor, rows):
        return of_invited(actor, rows, "rtl__undangan__", dinas=True)


def of_invited(actor, rows, prefix: str, *, dinas: bool = False):
    """Rows that hang on an invitation (`prefix` is the way to it) and that the actor may see."""
    if actor.is_upt:
        return rows.filter(**{f"{prefix}upt_id": actor.organisation_id})
    if actor.is_dinas and dinas:
        return rows
    if actor.role in AT_SCHOOL:
        return rows.filter(**{f"{prefix}kombel__leader_ids__contains": [actor.user.pk]})
    return rows.none()
