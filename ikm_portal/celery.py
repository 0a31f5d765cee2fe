"""The Celery application; beat is a stateless tick, and what is due comes from the database."""

import os
import signal

from celery import Celery
from celery.signals import (
    after_task_publish,
    beat_init,
    heartbeat_sent,
    worker_init,
    worker_process_init,
)

from . import pulse
from .embedded.process import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ikm_portal.settings.dev")
# Celery's command line reads BROKER_URL by itself and would set its raw form above the settings' one.
os.environ.pop("CELERY_BROKER_URL", None)

TICK = "ikm_portal.tasks.tick"
TICK_SECONDS = 60

app = Celery("ikm_portal")
# The current app belongs to a thread; the web's threads would otherwise queue to an app without our broker.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # A tick nobody took within its minute is worth nothing: the next one finds the same work.
    "tick": {"task": TICK, "schedule": TICK_SECONDS, "options": {"expires": TICK_SECONDS - 5}},
}


@worker_init.connect
def refuse_without_wall(**kwargs) -> None:
    """Stop before the first task when the worker's login could see past the tenancy wall."""
    from coordination.actors.tenancy import checks

    checks.refuse_without_wall()


@worker_process_init.connect
def end_with_worker(**kwargs) -> None:
    """Let the processes that run tasks end with their worker, even when it is killed."""
    die_with_parent(signal.SIGKILL, os.getppid())


@beat_init.connect
def tick_at_once(**kwargs) -> None:
    """Send the first tick now, so that what fell due meanwhile does not wait for another minute."""
    app.send_task(TICK, expires=TICK_SECONDS - 5)


@after_task_publish.connect(sender=TICK)
def note_beat(**kwargs) -> None:
    """Only beat sends the tick, so a sent tick is beat's sign of life."""
    pulse.record("beat")


@heartbeat_sent.connect
def note_worker(**kwargs) -> None:
    """The worker's own sign of life, apart from the tasks it runs."""
    pulse.record("worker")
