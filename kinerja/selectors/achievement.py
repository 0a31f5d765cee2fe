"""What was achieved of a plan: units and points of each RHK against what was planned (PK-9, PK-6)."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from ..models import Plan, PlanItem
from ..rules.pack import Utama

NOT_REMOVED = Q(evidence__removed_at=None)


@dataclass(frozen=True, slots=True)
class Achievement:
    """One RHK of a plan. Units are single ones (activities, works); `per` of them make a package.

    `achieved_units` add up the evidence that was not withdrawn; `achieved_points` are those of full packages and
    may exceed the plan's. A tambahan, or a pack without points, has 0 points.
    """

    item: PlanItem
    short: str
    text: str
    unit: str
    shown_by: str
    per: int
    planned_units: int
    planned_points: int
    achieved_units: int
    achieved_packages: int
    achieved_points: int
    evidence: int

    @property
    def is_met(self) -> bool:
        return self.achieved_packages >= self.item.quantity


@dataclass(frozen=True, slots=True)
class Achievements:
    """All RHK of a plan: `rows` are in the plan now, `dropped` fell away by a change and keep their evidence."""

    rows: tuple[Achievement, ...]
    dropped: tuple[Achievement, ...]

    @property
    def planned_points(self) -> int:
        return sum(one.planned_points for one in self.rows)

    @property
    def achieved_points(self) -> int:
        return sum(one.achieved_points for one in self.rows)

    @property
    def shown_points(self) -> int:
        """As far as a meter of what was planned goes; more than planned is no fault."""
        return min(self.achieved_points, self.planned_points)

    @property
    def evidence(self) -> int:
        return sum(one.evidence for one in self.rows)

    @property
    def without_evidence(self) -> tuple[Achievement, ...]:
        return tuple(one for one in self.rows if not one.evidence)


def achievement_of(plan: Plan) -> Achievements:
    """The achievement of a plan the actor sees, by the pack it was begun with; one statement."""
    rows = PlanItem.objects.filter(plan_id=plan.pk).annotate(
        units=Sum("evidence__units", filter=NOT_REMOVED, default=0), pieces=Count("evidence", filter=NOT_REMOVED)
    )
    found = [_achieved(plan, one) for one in rows]
    return Achievements(
        rows=tuple(one for one in found if one.item.active),
        dropped=tuple(one for one in found if not one.item.active and one.evidence),
    )


def _achieved(plan: Plan, item) -> Achievement:
    rhk = plan.rules.rhk(item.number)
    per, points = (rhk.per, rhk.points or 0) if isinstance(rhk, Utama) else (1, 0)
    packages = item.units // per
    return Achievement(
        item=item,
        short=rhk.short,
        text=rhk.text,
        unit=rhk.unit if isinstance(rhk, Utama) else "",
        shown_by=rhk.evidence if isinstance(rhk, Utama) else "",
        per=per,
        planned_units=item.quantity * per,
        planned_points=item.points,
        achieved_units=item.units,
        achieved_packages=packages,
        achieved_points=packages * points,
        evidence=item.pieces,
    )
