from uuid import UUID

from django.db import connection

from ..actor import Actor
from ..models import Once


def claim_once(*, actor: Actor, token: UUID) -> str | None:
    """Claim a form's token in this transaction; None the first time, else the first time's outcome.

    A second click waits for the first one's transaction and then gets its outcome, so both end at the same
    record.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO actors_once (user_id, token, outcome, created_at) VALUES (%s, %s, '', now()) "
            "ON CONFLICT (user_id, token) DO NOTHING",
            [actor.user.pk, str(token)],
        )
        if cursor.rowcount == 1:
            return None
    return Once.objects.get(user=actor.user, token=token).outcome


def remember_outcome(*, actor: Actor, token: UUID, outcome: str) -> None:
    """Write where the claimed token led (an address in the portal)."""
    Once.objects.filter(user=actor.user, token=token).update(outcome=outcome)
