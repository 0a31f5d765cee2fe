from coordination.actors.models import Role
from coordination.actors.policies.base import Policy

from ..models import Circular, Cycle, Obligation


class CyclePolicy(Policy):
    """The calendar is public to everyone with a role; Pusat's admins plan it."""

    model = Cycle
    rules = {
        "view": lambda actor, cycle: True,
        "plan": lambda actor, cycle: actor.role == Role.PUSAT_ADMIN,
    }

    @classmethod
    def visible_to(cls, actor, rows):
        return rows if actor.acting else rows.none()


class CircularPolicy(Policy):
    """Circulars are read by Pusat and the UPT they speak to, and issued by Pusat's admins."""

    model = Circular
    rules = {
        "view": lambda actor, circular: actor.is_pusat or actor.is_upt,
        "issue": lambda actor, circular: actor.role == Role.PUSAT_ADMIN,
    }

    @classmethod
    def visible_to(cls, actor, rows):
        return rows if actor.is_pusat or actor.is_upt else rows.none()


class ObligationPolicy(Policy):
    """What a UPT owes is its own and Pusat's business."""

    model = Obligation
    rules = {
        "view": lambda actor, one: actor.is_pusat or (actor.is_upt and actor.organisation_id == one.organisation_id),
    }

    @classmethod
    def visible_to(cls, actor, rows):
        if actor.is_pusat:
            return rows
        return rows.filter(organisation_id=actor.organisation_id) if actor.is_upt else rows.none()
