from django.utils import timezone

from coordination.actors.actor import Actor

from ..kinds import all_kinds
from ..models import Channel, Notice, Preference
from ..policies import NoticePolicy


def mark_read(*, actor: Actor, notice: Notice) -> Notice:
    """Take one notice of the actor's own off the unread ones; twice changes nothing."""
    NoticePolicy.require(actor, "read", notice)
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    return notice


def mark_all_read(*, actor: Actor) -> int:
    """Take all of the actor's notices off the unread ones; returns how many there were."""
    unread = Notice.objects.filter(user=actor.user, channel=Channel.APP, read_at=None)
    return unread.update(read_at=timezone.now())


def save_preference(*, actor: Actor, language: str, mail_off: list[str]) -> Preference:
    """Keep the language of e-mails and the kinds the actor does not want by e-mail."""
    known = {kind.code for kind in all_kinds()}
    found, _created = Preference.objects.update_or_create(
        user=actor.user, defaults={"language": language, "mail_off": sorted(known & set(mail_off))}
    )
    return found
