from collections.abc import Callable
from typing import Any

from django.db.models import Q

from coordination.actors.actor import Actor
from coordination.actors.policies.base import Policy

from ..models import (
    Assessment,
    Evidence,
    Observation,
    PlanEvent,
    PlanItem,
    PlanVersion,
    Rating,
    Section,
    SkpDelivery,
)
from .plans import decides, owns, rows_seen, seen


class Part:
    """A part of a plan: seen with it."""

    rules: dict[str, Callable[[Actor, Any], bool]] = {"view": seen, "write": owns, "decide": decides}

    @classmethod
    def visible_to(cls, actor, rows):
        return rows_seen(actor, rows)


class SectionPolicy(Part, Policy):
    """The draft is its owner's until it is sent; the principal reads the versions."""

    model = Section
    rules = {"view": owns, "write": owns}

    @classmethod
    def visible_to(cls, actor, rows):
        return rows_seen(actor, rows).filter(owner_id=actor.user.pk)


class PlanVersionPolicy(Part, Policy):
    model = PlanVersion


class PlanEventPolicy(Part, Policy):
    model = PlanEvent


class PlanItemPolicy(Part, Policy):
    model = PlanItem


class EvidencePolicy(Part, Policy):
    model = Evidence


class ObservationPolicy(Part, Policy):
    model = Observation


class AssessmentPolicy(Part, Policy):
    """A rating in progress is the principal's; the teacher sees it once it is saved as final words."""

    model = Assessment
    rules = {
        "view": lambda actor, one: decides(actor, one) or (owns(actor, one) and one.rated_at is not None),
        "write": decides,
        "respond": lambda actor, one: owns(actor, one) and one.rated_at is not None,
    }

    @classmethod
    def visible_to(cls, actor, rows):
        return rows_seen(actor, rows).exclude(owner_id=actor.user.pk, rated_at=None)


class RatingPolicy(Part, Policy):
    model = Rating
    rules = {
        "view": lambda actor, one: AssessmentPolicy.may(actor, "view", one.assessment),
        "write": decides,
    }

    @classmethod
    def visible_to(cls, actor, rows):
        return rows_seen(actor, rows).filter(~Q(owner_id=actor.user.pk) | Q(assessment__rated_at__isnull=False))


class SkpDeliveryPolicy(Part, Policy):
    model = SkpDelivery
