"""Who a reminder of Kinerja is for: rows with `person`, in the system's scope, told apart by indexes.

Each is asked for one province at a time from a point of (path, id) on, so a batch reads what it tells and no more:
memberships and plans by their (path, id) index, a person's plan by (owner, period), a school's by (path, state).
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from coordination.actors.models import Membership, Role
from coordination.actors.tenancy import paths
from coordination.notices.calendar import WorkCalendar

from ..models import Assessment, Observation, Period, Plan, RulePack, Sweep
from ..reminders import DAILIES, days_told
from .own import bare_items
from .packs import pack_of

State = Plan.State
NOT_SENT = (State.DRAF, State.DIKEMBALIKAN, State.DIPINDAHKAN)
NOT_AGREED = (Observation.State.BELUM, Observation.State.DIUSULKAN)


def people(sweep: Sweep, calendar: WorkCalendar) -> QuerySet:
    """Everybody a sweep is for, wherever they are."""
    if sweep.rule in DAILIES:
        return _DAILY[sweep.rule](sweep, calendar)
    return still_owing(sweep.rule, sweep.period, sweep.day)  # type: ignore[arg-type]


def still_owing(rule: str, period: Period, day: date) -> QuerySet:
    """Rows of those who still owe what a rule of a period asks, with `person`."""
    return _OWING[rule](period, day)


def narrowed(rows: QuerySet, province: str, path: str, row_id: int, most: int) -> list[tuple[str, int, int]]:
    """The next rows of a province after a point, as (path, id, person)."""
    low, high = paths.area(province)
    rows = rows.filter(path__gte=max(low, path), path__lt=high)
    if path >= low:
        rows = rows.filter(Q(path__gt=path) | Q(pk__gt=row_id))
    return list(rows.order_by("path", "pk").values_list("path", "pk", "person")[:most])


def still_waiting(person: int) -> bool:
    """Whether a plan still waits at a school where this person is the principal."""
    plans = Plan.objects.filter(path=OuterRef("path"), state=State.DIAJUKAN, of_principal=False)
    return Membership.objects.filter(Exists(plans), user=person, role=Role.KEPSEK, until=None).exists()


def still_objectable(person: int) -> bool:
    """Whether this person has a rating without any response."""
    return _unanswered().filter(owner=person).exists()


def _present(day: date, *roles: str) -> QuerySet:
    rows = Membership.objects.filter(role__in=roles, starts__lte=day, school__active=True)
    return rows.filter(Q(until=None) | Q(until__gte=day)).annotate(person=F("user_id"))


def _without_plan(period: Period, day: date) -> QuerySet:
    sent = Plan.objects.filter(owner=OuterRef("user_id"), period=period).exclude(state__in=NOT_SENT)
    return _present(day, Role.GURU, Role.KEPSEK).filter(~Exists(sent))


def _not_observed(period: Period) -> QuerySet:
    agreed = Observation.objects.filter(plan=OuterRef("pk")).exclude(state__in=NOT_AGREED)
    return Plan.objects.filter(Plan.RUNNING, ~Exists(agreed), period=period)


def _without_observation(period: Period, day: date) -> QuerySet:
    return _not_observed(period).annotate(person=F("owner_id"))


def _principals(day: date, plans: QuerySet) -> QuerySet:
    theirs = plans.filter(path=OuterRef("path"), of_principal=False).exclude(owner=OuterRef("user_id"))
    return _present(day, Role.KEPSEK).filter(Exists(theirs))


def _principals_to_observe(period: Period, day: date) -> QuerySet:
    return _principals(day, _not_observed(period))


def _principals_to_rate(period: Period, day: date) -> QuerySet:
    return _principals(day, Plan.objects.filter(period=period, state=State.DISETUJUI))


def _without_evidence(period: Period, day: date) -> QuerySet:
    rows = Plan.objects.filter(Plan.RUNNING, Exists(bare_items()), period=period).annotate(person=F("owner_id"))
    return rows if pack_of(period.pack_id).evidence.required else rows.none()


def _unanswered() -> QuerySet:
    answered = Assessment.objects.filter(plan=OuterRef("pk"), responded_at__isnull=False)
    return Plan.objects.filter(~Exists(answered), state=State.DINILAI).annotate(person=F("owner_id"))


def _principals_who_wait(sweep: Sweep, calendar: WorkCalendar) -> QuerySet:
    sent = _within("submitted_at", sweep, calendar)
    return _principals(sweep.day, Plan.objects.filter(sent, state=State.DIAJUKAN))


def _objection_ends(sweep: Sweep, calendar: WorkCalendar) -> QuerySet:
    found = Q(pk__in=[])
    for pack_id in RulePack.objects.values_list("pk", flat=True):
        rated = _within("rated_at", sweep, calendar, shift=pack_of(pack_id).calendar.objection_days)
        found |= Q(rated, pack_id=pack_id)
    return _unanswered().filter(found)


def _within(column: str, sweep: Sweep, calendar: WorkCalendar, shift: int = 0) -> Q:
    """Moments of the days whose step comes from the sweep's first day to its last."""
    zone = ZoneInfo(sweep.zone)
    first = sweep.since or sweep.day
    days = list(days_told(DAILIES[sweep.rule], first, sweep.day, calendar, shift))
    if not days:
        return Q(pk__in=[])
    ends = days[-1] + timedelta(days=1)
    return Q(**{f"{column}__gte": _begin(days[0], zone), f"{column}__lt": _begin(ends, zone)})


def _begin(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, datetime.min.time(), zone)


_OWING: dict[str, Callable[[Period, date], QuerySet]] = {
    "plan": _without_plan,
    "observe": _without_observation,
    "observe_ks": _principals_to_observe,
    "evidence": _without_evidence,
    "rate": _principals_to_rate,
}
_DAILY: dict[str, Callable[[Sweep, WorkCalendar], QuerySet]] = {
    "decide": _principals_who_wait,
    "decide_again": _principals_who_wait,
    "object": _objection_ends,
}
