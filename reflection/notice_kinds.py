"""What reflection tells people (coordination/notices/kinds.py)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from coordination.notices.kinds import register

GROUP = _("Laporan refleksi")


def still_owed(notice) -> bool:
    """Whether the report a reminder speaks of is still not sent, and its day not moved by a circular."""
    from .models import Obligation
    from .reminders import BY_CODE, Anchor

    _topic, key, step, anchor_on = notice.period.split(":")
    owed = Obligation.objects.filter(pk=key, submitted_at=None)
    if BY_CODE[step].anchor is not Anchor.OPENS:
        owed = owed.filter(due_on__lte=date.fromisoformat(anchor_on))
    return owed.exists()


register("report_reminder", _("Pengingat batas kirim laporan"), group=GROUP, holds=still_owed)
register("report_overdue", _("Laporan terlambat"), group=GROUP, holds=still_owed)
register("report_missing", _("UPT yang belum mengirim laporan"), group=GROUP)
