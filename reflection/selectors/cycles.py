from datetime import date

from django.db.models import QuerySet

from ..models import Cycle, Obligation


def current_cycle(today: date) -> Cycle | None:
    """The cycle that a day lies in; None when none has been generated."""
    return Cycle.objects.filter(starts__lte=today, ends__gte=today).first()


def due_obligations(*, opens_by: date | None = None, due_by: date | None = None) -> QuerySet[Obligation]:
    """What has not been submitted, with office, region and cycle joined (RF-9).

    `opens_by` keeps cycles that are open on that day, `due_by` what is due on or before it. Read `due_on`,
    `zone` (where the office stands) and `due_at` of each; runs in the scope it is called in.
    """
    rows = Obligation.objects.filter(submitted_at=None, organisation__active=True)
    if opens_by:
        rows = rows.filter(cycle__opens_on__lte=opens_by)
    if due_by:
        rows = rows.filter(due_on__lte=due_by)
    return rows.select_related("cycle", "organisation__wilayah", "circular").order_by("due_on", "id")
