"""How a reminder rule becomes at most one notice at a time: pure, and the same for every app.

Catch-up rule: when several steps of a matter are due at once (the portal stood still, holidays moved two
steps to one day, the matter is new), only the most urgent one is sent, if it is still true; the others are
recorded as skipped. See docs/pengingat.md.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .models import Reminder

EIGHT = time(8)


@dataclass(frozen=True, slots=True)
class Timed:
    """A step with its moment; `until` is the moment from which what it says is no longer so."""

    step: str
    anchor_on: date
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Matter:
    """Something people are reminded of: its steps in order of urgency, and how each is told.

    `topic` names it once and for all (`report:12`), `path` who answers for it, `about` what readers call it.
    `tell` gets the step to send and, as its expiry, the moment the next step takes over; it answers whether
    there was anybody to tell.
    """

    topic: str
    path: str
    about: str
    steps: list[Timed]
    tell: Callable[[Timed, datetime], bool]


@dataclass(frozen=True, slots=True)
class Choice:
    step: Timed
    send: bool
    reason: str


def morning(day: date, zone: ZoneInfo) -> datetime:
    """08.00 of a day where the office stands: the hour reminders go out."""
    return datetime.combine(day, EIGHT, zone)


def choose(steps: list[Timed], decided: set[tuple[str, date]], now: datetime) -> list[Choice]:
    """What to do now with each step that is due and undecided; at most one is to be sent."""
    due = [step for step in steps if step.at <= now and (step.step, step.anchor_on) not in decided]
    if not due:
        return []
    last = due[-1]
    true = now < last.until
    found = [Choice(step, False, Reminder.Reason.OVERTAKEN) for step in due[:-1]]
    return [*found, Choice(last, true, Reminder.Reason.NONE if true else Reminder.Reason.PAST)]


def expiry(steps: list[Timed], step: Timed) -> datetime:
    """When an e-mail of this step is no longer worth sending: it is untrue, or the next step takes over."""
    later = steps[steps.index(step) + 1 :]
    return min([step.until, *(one.at for one in later)])


@dataclass(frozen=True, slots=True)
class Zone:
    """The provinces of one time zone, and the last day there whose 08.00 has passed."""

    info: ZoneInfo
    provinces: tuple[str, ...]
    day: date


def zones(provinces: dict[str, str], now: datetime) -> Iterator[Zone]:
    """Group provinces (code to IANA zone) by zone."""
    for name in sorted(set(provinces.values())):
        info = ZoneInfo(name)
        local = now.astimezone(info)
        day = local.date() if local.time() >= EIGHT else local.date() - timedelta(days=1)
        yield Zone(info, tuple(code for code, zone in provinces.items() if zone == name), day)
