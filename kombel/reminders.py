"""When penggerak and offices are reminded of a kombel (KB-12), as data; docs/pengingat.md has it in words.

Days are calendar days and reminders go out at 08.00 where the kombel is: a kombel meets on Saturdays too.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_noop as noop

from coordination.notices.reminding import Timed, morning

KEPT = timedelta(days=30)
"""How long a step may be caught up."""
BATCH = 500
"""Matters taken up in one minute; the rest follow in the next."""


@dataclass(frozen=True, slots=True)
class Step:
    """So many days after the day it is counted from; for silence, after the rule pack's threshold."""

    code: str
    days: int
    subject: str


MEETING = (
    Step("note_1", 1, noop("Catat pertemuan %(topic)s (%(day)s) di %(name)s")),
    Step("note_7", 7, noop("Pertemuan %(topic)s (%(day)s) di %(name)s belum dicatat")),
)
SILENCE = (
    Step("silent_soon", -6, noop("Komunitas %(name)s belum bertemu lagi sejak %(day)s")),
    Step("silent", 1, noop("Komunitas %(name)s senyap lebih dari %(days)s hari")),
)
WEEKLY = "silent_week"
"""Each Monday every office that answers for silent kombel hears how many there are."""


def timeline(steps: tuple[Step, ...], anchor: date, zone: ZoneInfo, *, plus: int = 0) -> list[Timed]:
    """The moments of the steps, each counted from `anchor` and `plus` days more."""
    days = [anchor + timedelta(days=step.days + plus) for step in steps]
    moments = [morning(day, zone) for day in days]
    return [Timed(step.code, anchor, at, at + KEPT) for step, at in zip(steps, moments, strict=True)]
