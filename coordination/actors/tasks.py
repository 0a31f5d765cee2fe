from celery import shared_task

from .actor import system


@shared_task(time_limit=300, soft_time_limit=280)
def send_invitations() -> int:
    """Send the invitations that wait; safe to run twice, each is claimed by its row's lock."""
    from .services.invitations import send_waiting_invitations

    with system():
        return send_waiting_invitations()
