from celery import shared_task

from coordination.actors.actor import system

from .services.delivery import drain_mail
from .services.retention import BATCH, prune_notices


@shared_task(time_limit=180, soft_time_limit=170)
def drain() -> None:
    """Send the e-mails that are due; carries nothing, because the ledger knows what there is to do."""
    drain_mail()


@shared_task(time_limit=1800, soft_time_limit=1780)
def clear_old_notices() -> int:
    """Remove old read notices, a batch at a time; safe to run twice."""
    removed = 0
    while True:
        with system():
            found = prune_notices()
        removed += found
        if found < BATCH:
            return removed
