from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from coordination.actors.actor import system
from coordination.notices.tasks import drain

from .services import tallies
from .services.assessments import finish_overdue
from .services.dispatch import drain_skp
from .services.moves import settle_moves
from .services.reminders import remind_of_plans

DAYS = 2 * 86400


@shared_task(time_limit=600, soft_time_limit=580)
def settle_moves_daily() -> None:
    """Settle plans of people who have moved, once a day; a day whose run failed is tried again at the next tick."""
    key, done = f"kinerja:moves:{timezone.localdate()}", False
    if not cache.add(key, True, DAYS):
        return
    try:
        settle_moves()
        done = True
    finally:
        if not done:
            cache.delete(key)


@shared_task(time_limit=300, soft_time_limit=280)
def fold_tallies() -> None:
    """Bring the counts of plans up to this minute; safe to run twice and at once."""
    with system():
        tallies.fold()


@shared_task(time_limit=3600, soft_time_limit=3500)
def check_tallies() -> None:
    """Once a night, count all plans anew and mend what differs; asked every minute, at work once."""
    with system():
        if tallies.check_is_due(timezone.now()):
            tallies.check()


@shared_task(time_limit=180, soft_time_limit=170)
def finish_assessments() -> None:
    """Make assessments final whose window for objections is over; safe to run twice and at once."""
    with system():
        finished = finish_overdue()
    if finished:
        drain.apply_async(retry=False, expires=60)


@shared_task(time_limit=180, soft_time_limit=170)
def plan_reminders() -> None:
    """Send the reminders of Kinerja that are due; safe to run twice and at once."""
    with system():
        decided = remind_of_plans()
    if decided:
        drain.apply_async(retry=False, expires=60)


@shared_task(time_limit=180, soft_time_limit=170)
def send_skp() -> None:
    """Send the SKP that are due to e-Kinerja; without a configured address it asks nothing."""
    drain_skp()
