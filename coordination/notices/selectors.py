import json

from django.db import connection
from django.db.models import QuerySet

from coordination.actors.actor import Actor

from .audience import Audience
from .models import Channel, Notice, Preference, Reminder
from .models.notices import TROUBLED


def inbox(*, actor: Actor) -> QuerySet[Notice]:
    """The actor's notices in the portal, newest first."""
    return Notice.objects.filter(user=actor.user, channel=Channel.APP).order_by("-id")


def unread_count(*, actor: Actor) -> int:
    """How many of them were unread when the request began, 100 for more than 99; 0 for whom no session was asked."""
    return actor.user.along.get("unread", 0)


def preference_of(*, actor: Actor) -> Preference:
    """The actor's wishes; a fresh one, unsaved, where there are none."""
    return Preference.objects.filter(user=actor.user).first() or Preference(user=actor.user)


def troubled(*, actor: Actor) -> QuerySet[Notice]:
    """E-mails that failed or may not have arrived, oldest first; for Pusat's admins."""
    rows = Notice.objects.visible_to(actor).filter(channel=Channel.MAIL, state__in=TROUBLED)
    return rows.select_related("user").order_by("id")


def reaches_anybody(*, to: list[Audience]) -> bool:
    """Whether there is anybody in these audiences; only the portal's own scope may ask."""
    groups = json.dumps([audience.as_json() for audience in to])
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM portal_recipients(%s::jsonb))", [groups])
        return cursor.fetchone()[0]


def reminders(*, actor: Actor, topic: str = "") -> QuerySet[Reminder]:
    """What was decided about reminders of the actor's area, newest first; of one matter if `topic` names it."""
    rows = Reminder.objects.visible_to(actor).order_by("-decided_at", "-id")
    return rows.filter(topic=topic) if topic else rows
