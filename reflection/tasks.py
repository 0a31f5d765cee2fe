from datetime import date, timedelta

from celery import shared_task
from django.utils import timezone

from coordination.actors.actor import system
from coordination.notices.services.holidays import seed_holidays
from coordination.notices.tasks import drain

from .models import Cycle
from .services.cycles import generate_cycles
from .services.reminders import remind_of_reports
from .services.rtl_reminders import remind_of_rtl

AHEAD = timedelta(days=400)


@shared_task(time_limit=180, soft_time_limit=170)
def plan_reminders() -> None:
    """Send the reminders that are due, from the database alone; safe to run twice and at once."""
    decided = []
    for remind in (remind_of_reports, remind_of_rtl):
        # Each commits by itself, so a fault in one does not hold the other back.
        with system():
            decided += remind()
    if decided:
        drain.apply_async(retry=False, expires=60)


@shared_task(time_limit=180, soft_time_limit=170)
def plan_ahead() -> None:
    """Make cycles, duties and days off more than a year ahead; looks once an hour and when none are there."""
    now = timezone.localtime()
    horizon = now.date() + AHEAD
    with system():
        if now.minute == 0 or not Cycle.objects.filter(ends__gte=horizon).exists():
            generate_cycles(until=horizon)
            seed_holidays(years=_years(now.date(), horizon))


def _years(first: date, last: date) -> range:
    return range(first.year - 1, last.year + 1)
