"""A person's own plans with what their next step depends on."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from coordination.actors.actor import Actor

from ..models import Assessment, Evidence, Observation, Period, Plan, PlanItem, SectionCode
from ..rules.content import gaps
from .packs import periods_to_plan

LOOK_BACK = timedelta(days=120)
"""How long after its period a plan that is not finished still counts as present work."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a draft stands: the number of the first part with a gap, of how many (the last is the summary)."""

    number: int
    total: int = len(SectionCode.values) + 1


def bare_items() -> QuerySet[PlanItem]:
    """The active RHK of the outer plan that nothing shows yet."""
    shown = Evidence.objects.filter(item=OuterRef("pk"), removed_at=None)
    return PlanItem.objects.filter(plan=OuterRef("pk"), active=True).filter(~Exists(shown))


def own_plans(actor: Actor) -> QuerySet[Plan]:
    """The actor's plans of the present and lately ended periods, in one statement.

    Each carries `bare` (RHK without evidence), `observation_state`, `proposed_by`, `responded_at`.
    """
    observation = Observation.objects.filter(plan=OuterRef("pk"))
    assessment = Assessment.objects.filter(plan=OuterRef("pk"), rated_at__isnull=False)
    bare = bare_items().order_by().values("plan").annotate(found=Count("pk")).values("found")
    return (
        Plan.objects.visible_to(actor)
        .filter(owner_id=actor.user.pk, period__ends__gte=actor.today() - LOOK_BACK)
        .exclude(state=Plan.State.DIPINDAHKAN)
        .select_related("period")
        .annotate(
            bare=Coalesce(Subquery(bare), 0),
            observation_state=Subquery(observation.values("state")[:1]),
            proposed_by=Subquery(observation.values("proposed_by")[:1]),
            responded_at=Subquery(assessment.values("responded_at")[:1]),
        )
        .order_by(F("starts"))
    )


def periods_without_plan(today: date, plans: list[Plan]) -> list[Period]:
    """Periods whose planning is open and for which none of these plans was begun."""
    begun = {plan.period_id for plan in plans}
    return [period for period in periods_to_plan(today) if period.pk not in begun]


def place_of(plan: Plan) -> Place:
    """The part a draft goes on with; reads `plan.sections`, which the caller may have prefetched."""
    contents = {one.code: one.content for one in plan.sections.all()}
    missing = {gap.section for gap in gaps(plan.rules, plan.jenjang, contents)}
    for number, code in enumerate(SectionCode.values, start=1):
        if code in missing:
            return Place(number)
    return Place(len(SectionCode.values) + 1)
