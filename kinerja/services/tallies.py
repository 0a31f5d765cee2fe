"""Keeps the counts of plans in step with the plans; all of it is the portal's own work, in its scope."""

import logging
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from ..models import TallyRun

log = logging.getLogger(__name__)

KEEP = timedelta(days=7)
CHECK_HOUR = 2
CHECK_EVERY = timedelta(hours=20)
"""Less than a day, so that a check that ran late does not push the next one into the working day."""


def fold() -> int:
    """Add to the tallies what changed since the last time; the number of changes. Two at once wait for each other."""
    # What is committed before this moment is in: the time is taken first, the changes are read after it.
    at = timezone.now()
    folded = _call("kinerja_fold")
    _note(at=at, folded=folded)
    return folded


def recount() -> int:
    """Count everything anew; the number of tallies. Plans and schools can be read, but not changed, meanwhile."""
    at = timezone.now()
    counted = _call("kinerja_recount")
    _note(at=at, folded=0, checked=True)
    return counted


def drift() -> int:
    """How many tallies a recount would change; 0 unless there is a fault. Locks nothing."""
    return _call("kinerja_drift")


def check() -> int:
    """Compare the tallies with a new count; what differs is logged as an error and mended. The number of them."""
    at = timezone.now()
    differing = drift()
    if differing:
        log.error("%d tallies of Kinerja differed from a recount and were counted anew", differing)
        recount()
    else:
        fold()
        _note(at=at, folded=0, checked=True)
    return differing


def check_is_due(now: datetime) -> bool:
    """Whether tonight's check has not been made yet; a night without a worker is made up for in the next hours."""
    if timezone.localtime(now).hour < CHECK_HOUR:
        return False
    return not TallyRun.objects.filter(checked=True, at__gt=now - CHECK_EVERY).exists()


def _note(*, at: datetime, folded: int, checked: bool = False) -> None:
    TallyRun.objects.filter(at__lt=at - KEEP).delete()
    TallyRun.objects.create(at=at, folded=folded, checked=checked)


def _call(function: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}()")
        return cursor.fetchone()[0]
