from coordination.actors.actor import DINAS, UPT, Actor
from coordination.actors.models import Role
from coordination.actors.policies.base import Policy

from ..models import Jenjang, Kombel

OFFICES = (*UPT, *DINAS)
PROPOSERS = (Role.GURU, Role.PENGGERAK, Role.OPERATOR)


def in_view(actor: Actor, kombel: Kombel) -> bool:
    """In the actor's area; the vocational UPT work by field and see SMK only."""
    return actor.covers(kombel.path) and (not actor.is_vocational or kombel.jenjang == Jenjang.SMK)


def is_office(actor: Actor, kombel: Kombel) -> bool:
    return actor.role in OFFICES and in_view(actor, kombel)


def is_principal(actor: Actor, kombel: Kombel) -> bool:
    """The KS of the kombel's own school."""
    return actor.role == Role.KEPSEK and kombel.path == actor.acting.path


def leads(actor: Actor, kombel: Kombel) -> bool:
    return kombel.led_by(actor.user.pk) and actor.covers(kombel.path)


def _at_school(actor: Actor, kombel: Kombel) -> bool:
    return kombel.path == actor.acting.path


class KombelPolicy(Policy):
    """Registered by the KS or an office, proposed from the staff room; only KS and offices decide (KB-7)."""

    model = Kombel
    rules = {
        "view": in_view,
        "register": lambda actor, kombel: is_office(actor, kombel) or is_principal(actor, kombel),
        "propose": lambda actor, kombel: actor.role in PROPOSERS and _at_school(actor, kombel),
        "decide": lambda actor, kombel: is_office(actor, kombel) or is_principal(actor, kombel),
        "appoint": lambda actor, kombel: is_office(actor, kombel) or is_principal(actor, kombel),
        # An operator prepares: a proposal may be filled in, a kombel at work belongs to its penggerak.
        "manage": lambda actor, kombel: (
            leads(actor, kombel)
            or is_principal(actor, kombel)
            or is_office(actor, kombel)
            or (actor.role in PROPOSERS and _at_school(actor, kombel) and kombel.state == Kombel.State.DRAFT)
        ),
        "document": lambda actor, kombel: leads(actor, kombel) or is_principal(actor, kombel),
        "contact": is_office,
    }

    @classmethod
    def limits(cls, actor: Actor) -> dict[str, str]:
        """What narrows the wall's area further, as lookups; for `visible_to`, and for SQL written by hand."""
        return {"jenjang": Jenjang.SMK.value} if actor.is_vocational else {}

    @classmethod
    def visible_to(cls, actor, rows):
        return rows.filter(**cls.limits(actor))

    @classmethod
    def owner_of(cls, obj) -> str:
        return str(obj) if obj is not None else ""
