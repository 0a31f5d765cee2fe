from celery import shared_task

from coordination.actors.actor import system
from coordination.notices.tasks import drain

from .services.reminders import remind_of_kombel


@shared_task(time_limit=180, soft_time_limit=170)
def plan_reminders() -> None:
    """Send the reminders of kombel that are due; safe to run twice and at once."""
    with system():
        decided = remind_of_kombel()
    if decided:
        drain.apply_async(retry=False, expires=60)
