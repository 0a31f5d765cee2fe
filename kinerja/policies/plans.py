from django.db.models import Q

from coordination.actors.actor import AT_SCHOOL, DINAS, Actor
from coordination.actors.models import Role
from coordination.actors.policies.base import Policy

from ..models import Plan

EMPLOYEES = (Role.GURU, Role.KEPSEK)
"""Who has a plan (PK-1). A penggerak is a teacher too and acts as guru for the plan."""
DECIDERS_OF_PRINCIPALS = DINAS


def owns(actor: Actor, part) -> bool:
    return part.owner_id == actor.user.pk and actor.role in AT_SCHOOL


def decides(actor: Actor, part) -> bool:
    """The principal (also Plt) of the plan's school; for a principal's own plan the Dinas that answers for it.

    Nobody decides about themselves, whatever other role they hold.
    """
    if part.owner_id == actor.user.pk:
        return False
    if part.of_principal:
        return actor.role in DECIDERS_OF_PRINCIPALS and actor.covers(part.path)
    return actor.role == Role.KEPSEK and actor.acting.path == part.path


def seen(actor: Actor, part) -> bool:
    return owns(actor, part) or decides(actor, part)


def rows_seen(actor: Actor, rows):
    """The rows `seen` says yes to; the wall holds the same."""
    if actor.role == Role.KEPSEK:
        return rows.filter(Q(owner_id=actor.user.pk) | Q(path=actor.acting.path, of_principal=False))
    if actor.role in AT_SCHOOL:
        return rows.filter(owner_id=actor.user.pk)
    if actor.role in DECIDERS_OF_PRINCIPALS:
        return rows.filter(of_principal=True).exclude(owner_id=actor.user.pk)
    return rows.none()


class PlanPolicy(Policy):
    """The owner writes, the principal decides; for a principal's plan the Dinas. When is asked of `kinerja.gates`."""

    model = Plan
    rules = {
        "view": seen,
        "begin": lambda actor, plan: actor.role in EMPLOYEES,
        "write": owns,
        "decide": decides,
        "observe": decides,
        "rate": decides,
    }

    @classmethod
    def visible_to(cls, actor, rows):
        return rows_seen(actor, rows)

    @classmethod
    def owner_of(cls, obj) -> str:
        return obj.school_name if obj is not None else ""
