"""What the portal said to a person lately, for their home."""

from coordination.actors.actor import Actor
from coordination.actors.home import News

from .selectors import inbox

MOST = 5


def recent(actor: Actor) -> list[News]:
    return [News(notice.created_at, notice.title, notice.url) for notice in inbox(actor=actor)[:MOST]]
