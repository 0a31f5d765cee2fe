"""The reminders of Kinerja: the portal's own work, in the system's scope, from the database alone.

A step is decided once for a whole time zone, in the ledger of all reminders; its people are then told in batches,
however many they are. A person is told a step once because a notice is (its key names rule, period and step).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from coordination.actors.models import Wilayah
from coordination.notices.audience import Audience
from coordination.notices.calendar import WorkCalendar
from coordination.notices.models import Reminder
from coordination.notices.reminding import Matter, Timed, Zone, morning, zones
from coordination.notices.services import notify
from coordination.notices.services.reminding import remind

from ..models import Period, Sweep
from ..reminders import DAILIES, DAILY, DAY, KEPT, RULES, STEPS, Daily, Rule, timeline
from ..selectors.reminding import narrowed, people

NATIONAL = "p.portal"
BATCH = 2_000
"""People told in one statement."""
BATCHES = 10
"""Batches of one minute: three million people hear of a step within three hours."""
SPAN = timedelta(days=150)


def remind_of_plans(*, now: datetime | None = None) -> list[Reminder]:
    """Decide what is due and tell the next batches of people; returns what was decided now."""
    now = now or timezone.now()
    provinces = dict(Wilayah.objects.filter(level=Wilayah.Level.PROVINSI).values_list("code", "time_zone"))
    calendar = WorkCalendar.load((now - SPAN).date(), (now + SPAN).date())
    matters = [matter for zone in zones(provinces, now) for matter in _matters(zone, calendar)]
    decided = remind(matters=matters, now=now)
    _tell(now, calendar)
    return decided


def _matters(zone: Zone, calendar: WorkCalendar) -> Iterator[Matter]:
    near = Period.objects.filter(plan_opens__lte=zone.day, assess_due__gte=zone.day - KEPT)
    for period in near:
        for rule in RULES:
            yield _of_period(rule, period, zone, calendar)
    for daily in DAILY:
        yield _of_day(daily, zone)


def _of_period(rule: Rule, period: Period, zone: Zone, calendar: WorkCalendar) -> Matter:
    topic = f"kinerja:{rule.code}:{period.pk}:{zone.info.key}"

    def tell(timed: Timed, expires_at: datetime) -> bool:
        # Who has not heard the step before hears this one instead.
        Sweep.objects.filter(rule=rule.code, period=period, zone=zone.info.key).delete()
        _open(rule.code, timed, zone, expires_at, period=period)
        return True

    return Matter(topic, NATIONAL, f"{period.name}, {zone.info.key}", timeline(rule, period, zone, calendar), tell)


def _of_day(daily: Daily, zone: Zone) -> Matter:
    """One step a day; told, it is about every day since the last one that was told."""
    topic = f"kinerja:{daily.code}:{zone.info.key}"
    at = morning(zone.day, zone.info)

    def tell(timed: Timed, expires_at: datetime) -> bool:
        before = Reminder.objects.filter(topic=topic, anchor_on__lt=zone.day).order_by("-anchor_on").first()
        since = max(before.anchor_on + DAY, zone.day - KEPT) if before else zone.day
        _open(daily.code, timed, zone, expires_at, since=since)
        return True

    return Matter(topic, NATIONAL, zone.info.key, [Timed(daily.code, zone.day, at, at + KEPT)], tell)


def _open(rule: str, timed: Timed, zone: Zone, until: datetime, **more) -> None:
    Sweep.objects.create(
        rule=rule,
        step=timed.step,
        zone=zone.info.key,
        provinces=sorted(zone.provinces),
        anchor_on=timed.anchor_on,
        day=zone.day,
        until=until,
        **more,
    )


def _tell(now: datetime, calendar: WorkCalendar) -> None:
    """Take up to BATCHES batches of what is open; of two runs at once each has sweeps of its own."""
    left = BATCHES
    for sweep in Sweep.objects.select_for_update(skip_locked=True, of=("self",)).select_related("period"):
        while left and now < sweep.until and _tell_batch(sweep, calendar):
            left -= 1
        if not left:
            sweep.save(update_fields=["path", "row_id"])
            return
        sweep.delete()


def _tell_batch(sweep: Sweep, calendar: WorkCalendar) -> bool:
    """Tell the next batch and move on; False when nobody is left."""
    rows = people(sweep, calendar)
    found: list[tuple[str, int, int]] = []
    for province in sweep.provinces:
        if province >= sweep.path[: len(province)] and len(found) < BATCH:
            found += narrowed(rows, province, sweep.path, sweep.row_id, BATCH - len(found))
    if not found:
        return False
    sweep.path, sweep.row_id = found[-1][:2]
    _notify(sweep, tuple(dict.fromkeys(person for _path, _pk, person in found)))
    return True


def _notify(sweep: Sweep, persons: tuple[int, ...]) -> None:
    if sweep.rule in DAILIES:
        daily = DAILIES[sweep.rule]
        kind, subject, page, mail, context = daily.kind, daily.subject, daily.page, None, {}
        about = f"{daily.code}:{sweep.anchor_on}"
    else:
        rule, step = STEPS[sweep.step]
        kind, subject, page, mail = rule.kind, step.subject, rule.page, None if step.mail else False
        context = {"period": sweep.period.name, "due": _due(sweep)}  # type: ignore[union-attr]
        about = f"{rule.code}:{sweep.period_id}:{step.code}:{sweep.anchor_on}"
    notify(
        actor=None,
        kind=kind,
        period=about,
        to=Audience(users=persons),
        subject=subject,
        context=context,
        url=reverse(f"kinerja:{page}"),
        expires_at=sweep.until,
        mail=mail,
        hint=False,
    )


def _due(sweep: Sweep) -> date:
    """The day a step speaks of."""
    return sweep.period.plan_due if sweep.rule == "plan" else sweep.anchor_on  # type: ignore[union-attr]
