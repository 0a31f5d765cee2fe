from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from ..models import Channel, Notice, State

BATCH = 10_000


def prune_notices() -> int:
    """Remove one batch of notices that were read, or mailed, longer ago than NOTICE_KEEP_DAYS; returns how many.

    What nobody has read stays, and so does every e-mail that still needs somebody (UU PDP 27/2022: personal data is
    kept as long as it serves its purpose). Runs in the portal's own scope.
    """
    before = timezone.now() - timedelta(days=settings.NOTICE_KEEP_DAYS)
    read = Q(channel=Channel.APP, read_at__lt=before)
    mailed = Q(channel=Channel.MAIL, state__in=(State.SENT, State.SKIPPED), created_at__lt=before)
    old = Notice.objects.filter(read | mailed).order_by("id").values("pk")[:BATCH]
    removed, _by_model = Notice.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
    return removed
