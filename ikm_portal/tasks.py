"""The minute's tick: beat sends it, and it starts what the apps want to look at every minute."""

from celery import shared_task
from django.apps import apps
from django.utils import timezone

from . import pulse
from .celery import TICK, TICK_SECONDS, app


@shared_task(name=TICK)
def tick() -> None:
    """Queue every task an app names in its AppConfig's `every_minute`, and the day's first time its `every_day`.

    Each of these asks the database what is due and may run twice; one that was not taken within its
    minute is dropped, for the next tick sends it again.
    """
    pulse.record("tick")
    for name in every_minute():
        app.tasks[name].apply_async(expires=TICK_SECONDS - 5)
    if pulse.first_today("daily", timezone.localdate().isoformat()):
        for name in every_day():
            app.tasks[name].apply_async()


def every_minute() -> list[str]:
    """The names of the tasks the apps want each minute, in the order of the apps."""
    return _named("every_minute")


def every_day() -> list[str]:
    """The names of the tasks the apps want once a day: cleaning up, which may run twice and on any day."""
    return _named("every_day")


def _named(wish: str) -> list[str]:
    return [name for config in apps.get_app_configs() for name in getattr(config, wish, ())]
