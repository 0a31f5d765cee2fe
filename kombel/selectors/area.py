"""Numbers of an area for each level (KB-17): one grouped query each, kept for a quarter of an hour for Pusat."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import cache
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from coordination.actors.actor import Actor
from coordination.actors.models import Wilayah

from ..models import Kombel
from .listing import home_region

CACHE_SECONDS = 900
MONTHS = 12


@dataclass(frozen=True, slots=True)
class RegionCount:
    """Kombel of one region: active ones, how many of these are silent, proposals, and closed ones."""

    code: str
    name: str
    active: int
    silent: int
    draft: int
    closed: int


@dataclass(frozen=True, slots=True)
class AreaSummary:
    """The regions below the actor's own, most silent first, and the number of kombel at each month's end."""

    level: str
    regions: list[RegionCount]
    kinds: dict[str, int]
    trend: list[tuple[date, int]]

    @property
    def active(self) -> int:
        return sum(one.active for one in self.regions)

    @property
    def silent(self) -> int:
        return sum(one.silent for one in self.regions)


def area_summary(actor: Actor, *, silent_days: int) -> AreaSummary:
    """Count the kombel of the actor's area by the regions below it."""
    if not actor.is_pusat:
        return _count(actor, silent_days)
    # The whole country is the only area that takes long; its key holds no tenant because Pusat sees all.
    key = f"kombel:area:pusat:{actor.today():%Y%m%d}:{silent_days}"
    found = cache.get(key)
    if found is None:
        found = _count(actor, silent_days)
        cache.set(key, found, CACHE_SECONDS)
    return found


def _count(actor: Actor, silent_days: int) -> AreaSummary:
    today = actor.today()
    level = below(actor)
    rows = Kombel.objects.visible_to(actor)
    active = Q(state=Kombel.State.AKTIF)
    grouped = list(
        rows.order_by()
        .values(level)
        .annotate(
            active=Count("id", filter=active),
            silent=Count("id", filter=active & Q(quiet_since__lt=today - timedelta(days=silent_days))),
            draft=Count("id", filter=Q(state=Kombel.State.DRAFT)),
            closed=Count("id", filter=Q(state=Kombel.State.TIDAK_AKTIF)),
            **{kind: Count("id", filter=active & Q(kind=kind)) for kind in Kombel.Kind.values},
        )
    )
    names = dict(Wilayah.objects.filter(code__in=[row[level] for row in grouped]).values_list("code", "name"))
    regions = [
        RegionCount(row[level], names.get(row[level], ""), row["active"], row["silent"], row["draft"], row["closed"])
        for row in grouped
    ]
    regions.sort(key=lambda one: (-one.silent, -one.active, one.name))
    kinds = {kind: sum(row[kind] for row in grouped) for kind in Kombel.Kind.values}
    return AreaSummary(level, regions, kinds, _trend(rows, today))


def below(actor: Actor) -> str:
    """The kind of region that an actor's area is divided into."""
    home = home_region(actor)
    if "kabkota" in home or not (actor.is_upt or actor.is_dinas or actor.is_pusat):
        return "kecamatan"
    return "kabkota" if home else "provinsi"


def _trend(rows, today: date) -> list[tuple[date, int]]:
    """How many kombel were registered and not closed at the end of each of the last twelve months."""
    change: dict[date, int] = {}
    agreed = rows.order_by().exclude(state=Kombel.State.DRAFT)
    for column, sign in (("registered_on", 1), ("closed_on", -1)):
        months = agreed.exclude(**{column: None}).annotate(month=TruncMonth(column))
        for month, count in months.values_list("month").annotate(count=Count("id")):
            change[month] = change.get(month, 0) + sign * count
    first = month_back(today.replace(day=1), MONTHS - 1)
    total = sum(count for month, count in change.items() if month < first)
    trend, month = [], first
    for _step in range(MONTHS):
        total += change.get(month, 0)
        trend.append((month, total))
        month = month_back(month, -1)
    return trend


def month_back(first: date, months: int) -> date:
    """The first day of the month so many months earlier."""
    number = first.year * 12 + first.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
