"""What Pusat's admins do with e-mails that failed or may not have arrived."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal

from ..models import Notice, State
from ..models.notices import TROUBLED
from ..policies import NoticePolicy
from .notify import _hint


def retry_notice(*, actor: Actor, notice: Notice) -> Notice:
    """Send it again, under the same Message-ID; a doubtful one may then arrive twice, which the admin accepts."""
    now = timezone.now()
    settled = _settle(actor, notice, State.PENDING, due_at=now, attempts=0, expires_at=None)
    transaction.on_commit(_hint, robust=True)
    return settled


def settle_notice(*, actor: Actor, notice: Notice, arrived: bool, reason: str) -> Notice:
    """Close it without sending: it arrived after all, or it is no longer needed."""
    now = timezone.now() if arrived else None
    return _settle(actor, notice, State.SENT if arrived else State.SKIPPED, sent_at=now, reason=reason[:500])


def _settle(actor: Actor, notice: Notice, state: str, **changes) -> Notice:
    NoticePolicy.require(actor, "settle", notice)
    changed = Notice.objects.filter(pk=notice.pk, state__in=TROUBLED).update(
        state=state, settled_by_id=actor.user.pk, lease_until=None, claimed_by=None, **changes
    )
    if not changed:
        raise Refusal(_("Surel ini sudah diselesaikan oleh orang lain."), mend=_("Muat ulang daftarnya."))
    return notice
