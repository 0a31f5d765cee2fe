"""What kombel tells people (coordination/notices/kinds.py)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from coordination.notices.kinds import name_steps, register

GROUP = _("Komunitas belajar")


def still_undocumented(notice) -> bool:
    """Whether the meeting a reminder speaks of is still only planned."""
    from .models import Meeting

    return Meeting.objects.filter(pk=notice.period.split(":")[1], state=Meeting.State.PLANNED).exists()


def still_silent(notice) -> bool:
    """Whether the kombel has not met since the day the reminder speaks of."""
    from .models import Kombel

    _topic, key, _step, since = notice.period.split(":")
    rows = Kombel.objects.filter(pk=key, state=Kombel.State.AKTIF, quiet_since=date.fromisoformat(since))
    return rows.exists()


register("kombel_leader", _("Penunjukan sebagai penggerak"), group=GROUP)
register("kombel_note", _("Pertemuan yang belum dicatat"), group=GROUP, holds=still_undocumented)
register("kombel_silent", _("Komunitas yang senyap, untuk penggerak"), group=GROUP, holds=still_silent)
register("kombel_silent_week", _("Ringkasan mingguan komunitas senyap"), group=GROUP)
name_steps(
    {
        "note_1": _("pertemuan belum dicatat 1 hari"),
        "note_7": _("pertemuan belum dicatat 7 hari"),
        "silent_soon": _("hampir senyap"),
        "silent": _("senyap"),
        "silent_week": _("ringkasan mingguan komunitas senyap"),
    }
)
