"""When whom is reminded of a report (RF-9), as data; docs/pengingat.md says the same in words.

Rule for days off: a step before the due day moves to the last working day before it, one after it to the
next working day that no earlier step has taken; the due day itself stays where it is. So a weekend or a
holiday never hides a deadline, and nobody is taken a step higher without a working day to react.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from django.utils.translation import gettext_noop as noop

from coordination.actors.models import Role
from coordination.notices.calendar import DAY, WorkCalendar
from coordination.notices.reminding import Timed, morning

from .models import Obligation

KEPT = timedelta(days=30)
"""How long an overdue step may be caught up: older ones are history, not news."""


class Anchor(Enum):
    OPENS = "opens"
    DUE = "due"
    CLOSES = "closes"


class To(Enum):
    """Who is told beside the report's PJ and collaborators; each includes those before."""

    COORDINATORS = (Role.UPT_COORDINATOR,)
    HEAD = (Role.UPT_COORDINATOR, Role.UPT_HEAD)


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder: so many days from an anchor. `pusat` adds one summary of all late UPT for Pusat."""

    code: str
    anchor: Anchor
    days: int
    to: To
    kind: str
    subject: str
    pusat: bool = False


STEPS = (
    Step(
        "opens", Anchor.OPENS, 0, To.COORDINATORS, "report_reminder",
        noop("Siklus %(cycle)s dibuka: laporan %(upt)s ditunggu paling lambat %(due)s"),
    ),
    Step(
        "due_7", Anchor.DUE, -7, To.COORDINATORS, "report_reminder",
        noop("Laporan %(cycle)s %(upt)s: batas kirim %(due)s"),
    ),
    Step(
        "due_3", Anchor.DUE, -3, To.COORDINATORS, "report_reminder",
        noop("Laporan %(cycle)s %(upt)s belum terkirim: batas kirim %(due)s"),
    ),
    Step(
        "due_1", Anchor.DUE, -1, To.COORDINATORS, "report_reminder",
        noop("Segera kirim laporan %(cycle)s %(upt)s: batas kirim %(due)s"),
    ),
    Step(
        "due_0", Anchor.DUE, 0, To.COORDINATORS, "report_reminder",
        noop("Hari ini batas kirim laporan %(cycle)s %(upt)s: %(due)s"),
    ),
    Step(
        "late_1", Anchor.DUE, 1, To.COORDINATORS, "report_overdue",
        noop("Laporan %(cycle)s %(upt)s terlambat: batas kirim %(due)s"),
    ),
    Step(
        "late_3", Anchor.DUE, 3, To.HEAD, "report_overdue",
        noop("Laporan %(cycle)s %(upt)s masih belum terkirim: batas kirim %(due)s"),
    ),
    Step(
        "missing", Anchor.CLOSES, 1, To.HEAD, "report_overdue",
        noop("Masa tenggang habis, laporan %(cycle)s %(upt)s belum terkirim: batas kirim %(due)s"), pusat=True,
    ),
)  # fmt: skip
BY_CODE = {step.code: step for step in STEPS}


def timeline(owed: Obligation, calendar: WorkCalendar) -> list[Timed]:
    """The moments of all steps for one duty, in order, at 08.00 where the office stands."""
    anchors = {
        Anchor.OPENS: owed.cycle.opens_on,
        Anchor.DUE: owed.due_on,
        Anchor.CLOSES: owed.due_on + timedelta(days=owed.cycle.grace_days),
    }
    provinsi = (owed.organisation.wilayah_id or "")[:2] or None
    taken = owed.due_on
    found = []
    for step in STEPS:
        anchor = anchors[step.anchor]
        day = anchor + timedelta(days=step.days)
        if step.anchor is Anchor.OPENS:
            day = calendar.first_from(day, provinsi)
        elif day < owed.due_on:
            day = calendar.last_until(day, provinsi)
        elif day > owed.due_on:
            day = taken = calendar.first_from(max(day, taken + DAY), provinsi)
        at = morning(day, owed.zone)
        found.append(Timed(step.code, anchor, at, _untrue_from(owed, day, at)))
    return sorted(found, key=lambda timed: timed.at)


def _untrue_from(owed: Obligation, day: date, at: datetime) -> datetime:
    """Until the due day ends a reminder speaks of the time that is left; later ones hold for a month."""
    return owed.due_at if day <= owed.due_on else at + KEPT
