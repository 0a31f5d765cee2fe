from collections.abc import Iterable
from datetime import date

import holidays
from holidays.constants import GOVERNMENT, PUBLIC

from ..models import Holiday

ESTIMATE = "(perkiraan)"


def seed_holidays(*, years: Iterable[int]) -> int:
    """Fill years that have no shipped days yet: national holidays and joint leave (cuti bersama).

    What an admin has changed is never touched. Lunar dates of later years are estimates and marked so.
    Returns how many days were added.
    """
    have = set(Holiday.objects.filter(shipped=True).values_list("date__year", flat=True).distinct())
    missing = sorted(set(years) - have)
    if not missing:
        return 0
    found = holidays.country_holidays("ID", years=missing, language="id", categories=(PUBLIC, GOVERNMENT))
    rows = [_row(day, name) for day, name in sorted(found.items())]
    return len(Holiday.objects.bulk_create(rows, ignore_conflicts=True))


def _row(day: date, name: str) -> Holiday:
    estimated = ESTIMATE in name
    return Holiday(date=day, name=name.replace(f" {ESTIMATE}", "")[:160], estimated=estimated, shipped=True)
