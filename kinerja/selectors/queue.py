"""Who waits for a decision, and who has no plan yet."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.actors.actor import DINAS, Actor
from coordination.actors.errors import NotAllowed
from coordination.actors.models import Membership, Role

from ..models import Period, Plan

LATE_DAYS = 3
"""A plan that waits longer is late ("Biasanya diputuskan dalam 3 hari")."""
STATES = {
    "menunggu": (Plan.State.DIAJUKAN,),
    "dikembalikan": (Plan.State.DIKEMBALIKAN,),
    "berjalan": (Plan.State.DISETUJUI, Plan.State.PERUBAHAN),
    "semua": tuple(Plan.State),
}
"""What the queue can be narrowed to."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long a plan has waited for its decision, in whole days."""

    plan: Plan
    days: int

    @property
    def is_waiting(self) -> bool:
        return self.plan.state == Plan.State.DIAJUKAN

    @property
    def is_late(self) -> bool:
        return self.is_waiting and self.days > LATE_DAYS


def require_decider(actor: Actor) -> None:
    """Raise NotAllowed, saying who decides about what, for whoever decides about no plans."""
    if actor.role not in (Role.KEPSEK, *DINAS):
        raise NotAllowed(
            _("Rencana guru diputuskan kepala sekolahnya, rencana kepala sekolah oleh Dinas yang menaungi sekolah."),
            ask=_("kepala sekolah Anda"),
        )


def plans_to_decide(actor: Actor) -> QuerySet[Plan]:
    """The plans the actor is to decide about, in every state: of the school, or of the area's principals."""
    rows = Plan.objects.visible_to(actor).exclude(owner_id=actor.user.pk)
    return rows.filter(path=actor.acting.path, of_principal=False) if actor.role == Role.KEPSEK else rows


def queue_rows(actor: Actor, *, state: str, period: Period | None) -> QuerySet[Plan]:
    """Those plans narrowed and oldest first, with what a list of them shows."""
    rows = plans_to_decide(actor).filter(state__in=STATES[state])
    if period is not None:
        rows = rows.filter(period=period)
    return rows.select_related("owner", "period").order_by(Coalesce("submitted_at", "started_at"), "pk")


def queue_counts(actor: Actor, *, period: Period | None, today: date) -> dict[str, int]:
    """How many stand in each narrowing, and how many wait too long, in one statement."""
    rows = plans_to_decide(actor)
    if period is not None:
        rows = rows.filter(period=period)
    late_before = today - timedelta(days=LATE_DAYS)
    counts = {name: Count("pk", filter=Q(state__in=states)) for name, states in STATES.items()}
    counts["terlambat"] = Count("pk", filter=Q(state=Plan.State.DIAJUKAN, submitted_at__date__lt=late_before))
    return rows.aggregate(**counts)


def waiting_since(plan: Plan, today: date) -> Waiting:
    """A plan with the days since it was sent."""
    days = (today - timezone.localdate(plan.submitted_at)).days if plan.submitted_at else 0
    return Waiting(plan, max(days, 0))


def teachers_without_plan(actor: Actor, period: Period) -> QuerySet[Membership]:
    """Teachers of the principal's school who have not begun a plan of the period there."""
    today = actor.today()
    begun = Plan.objects.visible_to(actor).filter(
        owner=OuterRef("user_id"), period=period, path=actor.acting.path, of_principal=False
    )
    rows = Membership.objects.visible_to(actor).filter(path=actor.acting.path, role=Role.GURU, starts__lte=today)
    rows = rows.filter(Q(until=None) | Q(until__gte=today)).filter(~Exists(begun))
    return rows.select_related("user").order_by("user__name", "pk")
