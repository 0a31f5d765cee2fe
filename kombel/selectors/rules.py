"""The rules in force on a day, as numbers; read from RulePack and kept in the cache."""

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache

from coordination.actors.keeping import kept

from ..models import RulePack

CACHE_KEY = "kombel:packs"
CACHE_SECONDS = 300
KEEP_SECONDS = 5


@dataclass(frozen=True, slots=True)
class PmmRule:
    """Which trainings a registration in PMM asks for: at least `least` of `of` (KB-6)."""

    least: int
    of: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers of one pack; days are calendar days, sizes megabytes of 1,048,576 bytes."""

    silent_days: int
    cluster_most: int
    dalam_every_days: int
    dalam_minutes: int
    all_teachers_every_days: int
    antar_every_days: int
    photos_most: int
    photo_megabytes: int
    pmm: PmmRule


NUMBERS = tuple(name for name in Rules.__dataclass_fields__ if name != "pmm")


def read_rules(data: dict) -> Rules:
    """Build Rules from a pack's JSON; raises KeyError, TypeError or ValueError when something is missing."""
    numbers = {name: data[name] for name in NUMBERS}
    if any(type(number) is not int or number < 1 for number in numbers.values()):
        raise ValueError("the numbers of a pack are whole and positive")
    variant = data["pmm"]["variants"][data["pmm"]["in_force"]]
    pmm = PmmRule(int(variant["least"]), tuple(variant["of"]), str(variant["source"]))
    if not 1 <= pmm.least <= len(pmm.of):
        raise ValueError("a PMM rule asks for at least one and at most all of its trainings")
    return Rules(**numbers, pmm=pmm)


@kept(KEEP_SECONDS)
def rules_on(day: date) -> Rules:
    """The rules in force on a day; the newest pack wins. Raises LookupError when there is none.

    Another pack holds for every process within KEEP_SECONDS of its being saved.
    """
    packs = cache.get(CACHE_KEY)
    if packs is None:
        packs = list(RulePack.objects.order_by("-valid_from", "-id").values_list("valid_from", "valid_until", "rules"))
        cache.set(CACHE_KEY, packs, CACHE_SECONDS)
    for starts, ends, data in packs:
        if starts <= day and (ends is None or day <= ends):
            return read_rules(data)
    raise LookupError(f"no rules for kombel on {day}")
