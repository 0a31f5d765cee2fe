"""The pack and the period in force, read once and kept in the process for a moment."""

from datetime import date

from django.db.models import QuerySet

from coordination.actors.keeping import kept

from ..models import Period, RulePack
from ..rules.pack import Pack, read_pack

KEEP_SECONDS = 5


@kept(KEEP_SECONDS)
def pack_of(pack_id: int) -> Pack:
    """The rules of a pack; another content holds for every process within KEEP_SECONDS of its being saved."""
    return read_pack(RulePack.objects.values_list("content", flat=True).get(pk=pack_id))


def period_on(day: date) -> Period | None:
    """The period a day lies in, or None before Pusat has opened one."""
    return Period.objects.filter(starts__lte=day, ends__gte=day).first()


def periods_to_plan(day: date) -> QuerySet[Period]:
    """Periods whose planning is open on a day: the present one, and the next one from some weeks before it begins."""
    return Period.objects.filter(plan_opens__lte=day, ends__gte=day).order_by("starts")
