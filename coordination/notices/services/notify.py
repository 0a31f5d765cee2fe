import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from coordination.actors.actor import Actor

from ..audience import Audience
from ..kinds import kind_for
from ..wording import fill, keep

CALL = "SELECT portal_notify(%s, %s, %s::jsonb, %s, %s, %s::jsonb, %s, %s, %s, %s, %s)"


def notify(
    *,
    actor: Actor | None,
    kind: str,
    period: str,
    to: Audience | Iterable[Audience],
    subject: str,
    body: str = "",
    context: dict[str, Any] | None = None,
    url: str = "",
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    mail: bool | None = None,
    hint: bool = True,
) -> None:
    """Write a notice to each recipient's inbox, now, and an e-mail into the ledger.

    `due_at` holds the e-mail back until then, `expires_at` gives it up afterwards; `mail` overrides what the
    kind says; `hint=False` leaves the e-mail to the next tick. The actor is never among the recipients.
    Raises LookupError for an unknown kind, and KeyError or TypeError when the texts and the context do not fit.
    """
    found = kind_for(kind)
    kept = keep(context or {})
    for text in (subject, body):
        # A text that cannot be filled must fail here, in the sender's hands, not in the worker's.
        fill(text, kept)
    if url and (not url.startswith("/") or url.startswith("//")):
        raise ValueError("a notice's url is an address of the portal, beginning with /")
    audiences = [to] if isinstance(to, Audience) else list(to)
    with connection.cursor() as cursor:
        cursor.execute(
            CALL,
            [
                kind,
                period,
                json.dumps([audience.as_json() for audience in audiences]),
                " ".join(subject.split()),
                body,
                json.dumps(kept),
                url,
                due_at,
                expires_at,
                found.mail if mail is None else mail,
                actor.user.pk if actor else None,
            ],
        )
    if hint:
        transaction.on_commit(_hint, robust=True)


def _hint() -> None:
    """Ask for a drain now; if the broker is away the next tick does it, so nothing waits and nothing fails."""
    from ..tasks import drain

    drain.apply_async(retry=False, expires=60)
