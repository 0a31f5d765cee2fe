"""When employees and principals are reminded of their plans, as data; docs/pengingat.md has it in words.

Rule for days off, as for reports: a step before its day moves to the last working day before it, one after it to
the next working day, the day itself stays. All at 08.00 where the school is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from django.utils.translation import gettext_noop as noop

from coordination.notices.calendar import WorkCalendar
from coordination.notices.reminding import Timed, Zone, morning

from .models import Period

DAY = timedelta(days=1)
KEPT = timedelta(days=14)
"""How long a step after its day may be caught up, and a daily one how far it looks back."""


class Anchor(Enum):
    """The day of a period that a step is counted from."""

    OPENS = "plan_opens"
    DUE = "plan_due"
    ENDS = "ends"
    ASSESS_OPENS = "assess_opens"
    ASSESS_DUE = "assess_due"


@dataclass(frozen=True, slots=True)
class Step:
    """So many days from its anchor; `mail` is False where the portal's own inbox is enough."""

    code: str
    anchor: Anchor
    days: int
    subject: str
    mail: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """Something a period asks of many people: `code` names its rows in `kinerja.selectors.reminding`."""

    code: str
    kind: str
    page: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Daily:
    """Something whose days differ from plan to plan: `days` after (or before) the day `code` counts from."""

    code: str
    kind: str
    page: str
    days: int
    subject: str


RULES = (
    Rule(
        "plan", "plan_reminder", "mine",
        (
            Step("plan_opens", Anchor.OPENS, 0, noop("Perencanaan %(period)s dibuka; ajukan rencana sampai %(due)s"),
                 mail=False),
            Step("plan_7", Anchor.DUE, -7, noop("Rencana %(period)s Anda belum diajukan: batasnya %(due)s")),
            Step("plan_3", Anchor.DUE, -3, noop("Ajukan rencana %(period)s sebelum %(due)s")),
            Step("plan_1", Anchor.DUE, -1, noop("Segera ajukan rencana %(period)s: batasnya %(due)s")),
            Step("plan_0", Anchor.DUE, 0, noop("Hari ini batas pengajuan rencana %(period)s: %(due)s")),
            Step("plan_late", Anchor.DUE, 3, noop("Rencana %(period)s terlambat: batasnya %(due)s")),
        ),
    ),
    Rule(
        "observe", "observation_reminder", "mine",
        (Step("observe_60", Anchor.ENDS, -60, noop("Tanggal observasi %(period)s belum disepakati")),),
    ),
    Rule(
        "observe_ks", "observation_reminder", "observations",
        (
            Step("observe_ks_60", Anchor.ENDS, -60,
                 noop("Ada guru yang tanggal observasinya untuk %(period)s belum disepakati")),
        ),
    ),
    Rule(
        "evidence", "evidence_reminder", "evidence_mine",
        (
            Step("evidence_14", Anchor.ASSESS_OPENS, -14,
                 noop("Bukti %(period)s belum lengkap: penilaian dibuka %(due)s")),
            Step("evidence_3", Anchor.ASSESS_OPENS, -3,
                 noop("Segera lengkapi bukti %(period)s: penilaian dibuka %(due)s")),
        ),
    ),
    Rule(
        "rate", "assessment_reminder", "assessments",
        (
            Step("rate_7", Anchor.ASSESS_DUE, -7, noop("Ada rencana %(period)s yang belum dinilai: batasnya %(due)s")),
            Step("rate_1", Anchor.ASSESS_DUE, -1, noop("Segera nilai rencana %(period)s: batasnya %(due)s")),
            Step("rate_0", Anchor.ASSESS_DUE, 0, noop("Hari ini batas penilaian %(period)s: %(due)s")),
            Step("rate_late", Anchor.ASSESS_DUE, 3, noop("Penilaian %(period)s terlambat: batasnya %(due)s")),
        ),
    ),
)  # fmt: skip
DAILY = (
    Daily(
        "decide", "decision_reminder", "queue", 4,
        noop("Ada rencana guru yang menunggu putusan lebih dari 3 hari"),
    ),
    Daily(
        "decide_again", "decision_reminder", "queue", 8,
        noop("Ada rencana guru yang menunggu putusan lebih dari 7 hari"),
    ),
    Daily("object", "objection_reminder", "mine", -2, noop("Masa keberatan atas penilaian Anda hampir berakhir")),
)  # fmt: skip
STEPS = {step.code: (rule, step) for rule in RULES for step in rule.steps}
DAILIES = {daily.code: daily for daily in DAILY}


def timeline(rule: Rule, period: Period, zone: Zone, calendar: WorkCalendar) -> list[Timed]:
    """The moments of a rule's steps in one period and time zone, in order."""
    found = []
    for step in rule.steps:
        anchor = getattr(period, step.anchor.value)
        day = step_day(anchor, step.days, calendar)
        at = morning(day, zone.info)
        until = at + KEPT if step.days > 0 else midnight_after(_last_day(step, period), zone)
        found.append(Timed(step.code, anchor, at, until))
    return sorted(found, key=lambda timed: timed.at)


def step_day(anchor: date, days: int, calendar: WorkCalendar) -> date:
    """The day a step comes: moved away from days off, backwards before its day, forwards after it."""
    day = anchor + timedelta(days=days)
    if days < 0:
        return calendar.last_until(day)
    return calendar.first_from(day) if days else day


def days_told(daily: Daily, first: date, last: date, calendar: WorkCalendar, shift: int = 0) -> Iterator[date]:
    """The days to count from whose step comes from `first` to `last`; `shift` days lie between them and the step's."""
    about = timedelta(days=daily.days + shift)
    day = first - about - KEPT
    while day <= last - about + KEPT:
        if first <= step_day(day + timedelta(days=shift), daily.days, calendar) <= last:
            yield day
        day += DAY


def midnight_after(day: date, zone: Zone) -> datetime:
    return datetime.combine(day + DAY, datetime.min.time(), zone.info)


def _last_day(step: Step, period: Period) -> date:
    """The last day on which what a step says is still so."""
    return period.plan_due if step.anchor is Anchor.OPENS else getattr(period, step.anchor.value)
