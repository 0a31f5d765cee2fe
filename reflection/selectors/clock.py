"""Days in words, where an office stands."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Obligation


def punctuality(owed: Obligation) -> str:
    """How a submission stands to its due day: "2 hari sebelum batas"; empty before there is one."""
    if owed.submitted_at is None:
        return ""
    days = (owed.due_on - owed.submitted_at.astimezone(owed.zone).date()).days
    if days > 0:
        return ngettext("%(days)d hari sebelum batas", "%(days)d hari sebelum batas", days) % {"days": days}
    if days == 0:
        return _("pada hari batas")
    late = ngettext("%(days)d hari sesudah batas", "%(days)d hari sesudah batas", -days) % {"days": -days}
    return _("%(late)s, masih dalam masa tenggang") % {"late": late} if owed.is_on_time else late


def lateness(owed: Obligation, today: date) -> int:
    """Days past the due day for what has not been submitted; 0 while there is time."""
    return max((today - owed.due_on).days, 0) if owed.submitted_at is None else 0
