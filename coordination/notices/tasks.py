from celery import shared_task

from .services.delivery import drain_mail


@shared_task(time_limit=180, soft_time_limit=170)
def drain() -> None:
    """Send the e-mails that are due; carries nothing, because the ledger knows what there is to do."""
    drain_mail()
