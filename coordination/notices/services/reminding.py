from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.db import connection

from ..models import Reminder
from ..reminding import Choice, Matter, choose, expiry

LOCK = 732020


def remind(*, matters: Iterable[Matter], now: datetime) -> list[Reminder]:
    """Decide what is due of each matter, record it and tell it, in the caller's transaction.

    The portal's own work: call it in the system's scope. Of two runs at once the second does nothing.
    Returns what was decided now.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return []
    matters = list(matters)
    decided = _decided([matter.topic for matter in matters])
    rows = []
    for matter in matters:
        for choice in choose(matter.steps, decided[matter.topic], now):
            if choice.send and not matter.tell(choice.step, expiry(matter.steps, choice.step)):
                choice = replace(choice, send=False, reason=Reminder.Reason.NOBODY)
            rows.append(_row(matter, choice, now))
    return Reminder.objects.bulk_create(rows)


def _decided(topics: list[str]) -> dict[str, set[tuple[str, date]]]:
    found: dict[str, set[tuple[str, date]]] = defaultdict(set)
    rows = Reminder.objects.filter(topic__in=topics).values_list("topic", "step", "anchor_on")
    for topic, step, anchor_on in rows:
        found[topic].add((step, anchor_on))
    return found


def _row(matter: Matter, choice: Choice, now: datetime) -> Reminder:
    return Reminder(
        path=matter.path,
        topic=matter.topic,
        step=choice.step.step,
        anchor_on=choice.step.anchor_on,
        about=matter.about[:250],
        planned_at=choice.step.at,
        decided_at=now,
        outcome=Reminder.Outcome.SENT if choice.send else Reminder.Outcome.SKIPPED,
        reason=choice.reason,
    )
