"""What a rating stands on: evidence and observation of a plan, the window for objections, who is ready."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from coordination.actors.actor import Actor
from coordination.actors.keeping import kept
from coordination.actors.models import Wilayah

from ..models import Assessment, Evidence, Observation, Plan, PlanItem, PlanVersion, Rating
from ..rules.rating import Subject, subjects_of


@dataclass(frozen=True, slots=True)
class Done:
    """What has been done of one plan: its observation (None before one is planned) and its items."""

    observation: Observation | None = None
    items: tuple[PlanItem, ...] = ()
    evidence: dict[int, list[Evidence]] = field(default_factory=dict)

    @property
    def bare(self) -> list[int]:
        """The active RHK without evidence."""
        return [one.number for one in self.items if not self.evidence.get(one.pk)]

    @property
    def observed(self) -> bool:
        return self.observation is not None and self.observation.state == Observation.State.SELESAI


def done_of(plans: Iterable[Plan]) -> dict[int, Done]:
    """What has been done of each plan, in three statements for any number of them."""
    keys = [plan.pk for plan in plans]
    observations = {one.plan_id: one for one in Observation.objects.filter(plan_id__in=keys)}
    items: dict[int, list[PlanItem]] = defaultdict(list)
    evidence: dict[int, dict[int, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
    for item in PlanItem.objects.filter(plan_id__in=keys, active=True):
        items[item.plan_id].append(item)
    for one in Evidence.objects.filter(plan_id__in=keys, removed_at=None):
        evidence[one.plan_id][one.item_id].append(one)
    return {key: Done(observations.get(key), tuple(items[key]), dict(evidence[key])) for key in keys}


def subjects_for(plan: Plan, done: Done) -> list[Subject]:
    """What is to be rated in a plan."""
    return subjects_of(plan.rules, indicator=plan.indicator, numbers=[one.number for one in done.items])


def bare_of(plan: Plan, done: Done) -> list[int]:
    """The RHK that can only be rated below expectation: without evidence, where the pack requires it."""
    return done.bare if plan.rules.evidence.required else []


def assessment_for(actor: Actor, plan: Plan) -> Assessment | None:
    """The plan's assessment as far as the actor may see it: a draft is the principal's alone."""
    return Assessment.objects.visible_to(actor).select_related("rated_by").filter(plan_id=plan.pk).first()


def marks_of(assessment: Assessment | None) -> dict[str, dict[str, str]]:
    """Its ratings by subject."""
    if assessment is None:
        return {}
    rows = Rating.objects.filter(assessment_id=assessment.pk)
    return {one.subject: {"level": one.level, "reason": one.reason} for one in rows}


def approved_content(plan: Plan) -> dict:
    """The version that was approved, word for word."""
    found = PlanVersion.objects.filter(plan_id=plan.pk, number=plan.approved).values_list("content", flat=True)
    return found.first() or {}


@kept(600)
def zone_of(path: str) -> ZoneInfo:
    """The time zone at a school's path."""
    provinsi, _level, kabkota = path.split("/")[0].split(".")[:3]
    found = Wilayah.objects.filter(code=f"{provinsi}.{kabkota}").values_list("time_zone", flat=True).first()
    return ZoneInfo(found or "Asia/Jakarta")


def today_at(path: str) -> date:
    """Today's date at a school's path, wherever the person who asks acts now."""
    return timezone.now().astimezone(zone_of(path)).date()


def objection_until(plan: Plan) -> date | None:
    """The last day on which the owner may object, at the school's place; None before the rating."""
    if plan.rated_at is None:
        return None
    return objection_ends(plan, plan.rated_at)


def finishes_after(plan: Plan) -> date | None:
    """The last day before the portal finishes an assessment by itself; None before the rating.

    An answered objection opens the window anew: the owner may respond to the answer for as long as to a rating.
    """
    until = objection_until(plan)
    answered_at = Assessment.objects.filter(plan_id=plan.pk).values_list("answered_at", flat=True).first()
    if until is None or answered_at is None:
        return until
    return max(until, objection_ends(plan, answered_at))


def objection_ends(plan: Plan, moment: datetime) -> date:
    """The last day of a window that a rating, or the answer to an objection, opened at this moment."""
    begun = moment.astimezone(zone_of(plan.path)).date()
    return begun + timedelta(days=plan.rules.calendar.objection_days)
