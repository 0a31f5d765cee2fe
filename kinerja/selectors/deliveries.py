"""Sendings of SKP: one plan's, a person's list, and the counts of the country."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from coordination.actors.actor import Actor

from ..models import Plan, SkpDelivery


def last_delivery(plan: Plan) -> SkpDelivery | None:
    """The newest sending of a plan."""
    return SkpDelivery.objects.filter(plan_id=plan.pk).order_by("-id").first()


def deliveries_of(actor: Actor, state: str = "") -> QuerySet[SkpDelivery]:
    """The newest sending of each plan the actor sees, failed ones too; one statement with names and periods."""
    newer = SkpDelivery.objects.filter(plan=OuterRef("plan"), pk__gt=OuterRef("pk"))
    found = SkpDelivery.objects.visible_to(actor).filter(~Exists(newer)).select_related("owner", "plan__period")
    return found.filter(state=state) if state else found


@dataclass(frozen=True, slots=True)
class Count:
    """So many sendings of the country in one state that one party mends."""

    state: str
    mend: str
    number: int
    oldest: datetime

    @property
    def label(self) -> str:
        """The state in words."""
        return str(SkpDelivery.State(self.state).label)


def national_counts() -> list[Count]:
    """What waits or has failed in the whole country; only Pusat's scope may ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, mend, number, oldest FROM kinerja_delivery_counts() ORDER BY number DESC, 1, 2")
        return [Count(*row) for row in cursor.fetchall()]
