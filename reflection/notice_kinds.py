"""What reflection tells people (coordination/notices/kinds.py)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from coordination.notices.kinds import name_steps, register

GROUP = _("Laporan refleksi")
SESSIONS = _("Sesi refleksi")


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
register("report_collaborator", _("Terdaftar sebagai kolaborator laporan"), group=GROUP)
register("report_submitted", _("Laporan terkirim ke Pusat"), group=GROUP)
register("report_accepted", _("Laporan diterima Pusat"), group=GROUP)
register("report_returned", _("Laporan dikembalikan atau dibuka kembali"), group=GROUP)
register("report_extended", _("Batas laporan diperpanjang"), group=GROUP)


def still_unsent(notice) -> bool:
    """Whether the follow-up plan a reminder speaks of is still a draft."""
    from .models import Rtl

    return Rtl.objects.filter(pk=notice.period.split(":")[1], state=Rtl.State.DRAF).exists()


register("rtl_reminder", _("Pengingat RTL"), group=SESSIONS, holds=still_unsent)
register("rtl_missing", _("RTL yang belum masuk"), group=SESSIONS)
name_steps(
    {
        "opens": _("siklus dibuka"),
        "due_7": _("7 hari sebelum batas"),
        "due_3": _("3 hari sebelum batas"),
        "due_1": _("1 hari sebelum batas"),
        "due_0": _("hari batas"),
        "late_1": _("terlambat 1 hari"),
        "late_3": _("terlambat 3 hari, ke kepala UPT"),
        "rtl_3": _("RTL, 3 hari sebelum batas"),
        "rtl_late_1": _("RTL terlambat 1 hari"),
        "rtl_late_3": _("RTL terlambat 3 hari, ke UPT"),
        "missing": _("masa tenggang habis, ke Pusat"),
    }
)
register("session_letter", _("Undangan sesi refleksi"), group=SESSIONS)
register("rtl_asked", _("RTL diminta setelah sesi"), group=SESSIONS)
register("rtl_sent", _("RTL dikirim komunitas"), group=SESSIONS, mail=False)
