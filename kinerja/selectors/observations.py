"""Observations: one plan's, and those a principal (or, for principals, a Dinas) has to make."""

from dataclasses import dataclass

from django.db.models import BooleanField, Case, F, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor

from ..models import Observation, Plan

WAITS_FOR_ITS_DAY = (Observation.State.DIUSULKAN, Observation.State.DISEPAKATI, Observation.State.DISIAPKAN)


@dataclass(frozen=True, slots=True)
class RubricRow:
    """One focus behaviour with what was seen; `score` is the index in the pack's scale, None before."""

    number: str
    focus: str
    score: int | None = None
    level: str = ""
    note: str = ""


def observation_of(plan: Plan) -> Observation:
    """The plan's observation; one that nobody has proposed yet is not saved and has version 0."""
    found = Observation.objects.filter(plan_id=plan.pk).first()
    return found or Observation(plan=plan, owner_id=plan.owner_id, of_principal=plan.of_principal, version=0)


def rubric_of(plan: Plan, observation: Observation) -> list[RubricRow]:
    """What was observed, in the words it was observed by; before that the focus behaviours of the plan's indicator."""
    if not observation.rubric:
        focus = plan.rules.indicator(plan.indicator).focus if plan.indicator else ()
        return [RubricRow(number=str(number), focus=one) for number, one in enumerate(focus, 1)]
    return [
        RubricRow(
            number=number,
            focus=given["focus"],
            score=given["score"],
            level=plan.rules.scale[given["score"]],
            note=given["note"],
        )
        for number, given in sorted(observation.rubric.items(), key=lambda pair: int(pair[0]))
    ]


def plans_to_observe(actor: Actor) -> QuerySet[Plan]:
    """The running plans the actor observes, late ones first; each carries `observed_state`, `held_on`, `is_late`.

    Late: the agreed day has passed without a rubric, or the cycle is not finished when assessment opens.
    """
    running = Plan.objects.visible_to(actor).filter(Plan.RUNNING).exclude(owner_id=actor.user.pk)
    today = actor.today()
    state, day = F("observations__state"), F("observations__held_on")
    overdue = Q(observations__state__in=WAITS_FOR_ITS_DAY, observations__held_on__lt=today)
    unfinished = Q(period__assess_opens__lte=today) & (
        Q(observations__isnull=True) | ~Q(observations__state=Observation.State.SELESAI)
    )
    late = Case(When(overdue | unfinished, then=Value(True)), default=Value(False), output_field=BooleanField())
    return (
        running.annotate(observed_state=state, held_on=day, is_late=late)
        .select_related("owner", "period")
        .order_by("-is_late", F("held_on").asc(nulls_first=True), "owner__name", "pk")
    )


def state_label(state: str | None) -> str:
    """A state in words; without an observation nothing is scheduled yet."""
    return str(Observation.State(state).label) if state else _("Belum dijadwalkan")
