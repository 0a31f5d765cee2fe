"""Angka kredit from a predicate (PK-11; Peraturan BKN 3/2023)."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .pack import Pack

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Credit:
    """Angka kredit of one stretch of months, with everything it was reckoned from."""

    position: str
    coefficient: Decimal
    predicate: str
    percent: int
    months: int
    value: Decimal


def credit_for(pack: Pack, *, position: str, predicate: str, months: int) -> Credit:
    """coefficient × percentage × months/12, rounded half up to two decimals; KeyError for an unknown position."""
    found = pack.predicate(predicate)
    coefficient = pack.coefficients[position]
    value = coefficient * found.percent * months / (100 * 12)
    return Credit(position, coefficient, predicate, found.percent, months, value.quantize(CENT, ROUND_HALF_UP))


def months_between(starts: date, until: date) -> int:
    """Months of a stretch, both days included: a month counts where its 15th lies in the stretch.

    So the parts of a period that is split by a transfer add up to the whole period.
    """
    count, month = 0, date(starts.year, starts.month, 15)
    while month <= until:
        if month >= starts:
            count += 1
        month = date(month.year + month.month // 12, month.month % 12 + 1, 15)
    return count
