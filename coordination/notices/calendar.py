"""Which days are working days, in the whole country and in one province."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from .models import Holiday

SATURDAY = 5
DAY = timedelta(days=1)


@dataclass
class WorkCalendar:
    """Monday to Friday without the holidays of the table; `provinsi` adds that province's own.

    `off` maps a day to the provinces it is off in; None stands for the whole country.
    """

    off: dict[date, set[str | None]] = field(default_factory=dict)

    @classmethod
    def load(cls, first: date, last: date) -> "WorkCalendar":
        """Read the holidays of a span of days, both ends included (one statement)."""
        off: dict[date, set[str | None]] = defaultdict(set)
        rows = Holiday.objects.filter(observed=True, date__range=(first, last))
        for day, wilayah in rows.values_list("date", "wilayah_id"):
            off[day].add(wilayah)
        return cls(dict(off))

    def is_working(self, day: date, provinsi: str | None = None) -> bool:
        return day.weekday() < SATURDAY and not self.off.get(day, set()) & {None, provinsi}

    def last_until(self, day: date, provinsi: str | None = None) -> date:
        """The day itself if it is a working day, else the last one before it."""
        while not self.is_working(day, provinsi):
            day -= DAY
        return day

    def first_from(self, day: date, provinsi: str | None = None) -> date:
        """The day itself if it is a working day, else the first one after it."""
        while not self.is_working(day, provinsi):
            day += DAY
        return day
