"""What Kinerja tells people (coordination/notices/kinds.py)."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.notices.kinds import name_steps, register

GROUP = _("Pengelolaan Kinerja")


def still_owed(notice) -> bool:
    """Whether the person still owes what a reminder of a period asks."""
    from .models import Period
    from .selectors.reminding import still_owing

    rule, period, *_step = notice.period.split(":")
    rows = still_owing(rule, Period.objects.get(pk=period), timezone.localdate())
    return rows.filter(person=notice.user_id).exists()


def still_waiting(notice) -> bool:
    """Whether a plan still waits for the principal's decision."""
    from .selectors.reminding import still_waiting as waits

    return waits(notice.user_id)


def still_open(notice) -> bool:
    """Whether the person's rating is still without any response."""
    from .selectors.reminding import still_objectable

    return still_objectable(notice.user_id)


register("plan_submitted", _("Rencana menunggu putusan"), group=GROUP)
register("plan_approved", _("Rencana disetujui"), group=GROUP)
register("plan_returned", _("Rencana dikembalikan"), group=GROUP)
register("plan_amended", _("Rencana yang disetujui sedang diubah"), group=GROUP, mail=False)
register("plan_moved", _("Rencana berakhir karena pindah"), group=GROUP)
register("plan_arrived", _("Rencana dilanjutkan di sekolah baru"), group=GROUP)
register("plan_needs_principal", _("Sekolah memerlukan Plt untuk memutuskan rencana"), group=GROUP)
register("observation_date", _("Tanggal observasi diusulkan atau disepakati"), group=GROUP)
register("observation_noted", _("Hasil observasi dicatat"), group=GROUP)
register("observation_reflected", _("Refleksi setelah observasi ditulis"), group=GROUP, mail=False)
register("plan_rated", _("Rencana saya dinilai"), group=GROUP)
register("plan_objected", _("Keberatan menunggu jawaban"), group=GROUP)
register("plan_answered", _("Keberatan saya dijawab"), group=GROUP)
register("plan_final", _("Penilaian saya selesai"), group=GROUP)
register("plan_reminder", _("Rencana yang belum diajukan"), group=GROUP, holds=still_owed)
register("observation_reminder", _("Observasi yang belum disepakati"), group=GROUP, holds=still_owed)
register("evidence_reminder", _("Bukti yang belum lengkap"), group=GROUP, holds=still_owed)
register("assessment_reminder", _("Penilaian yang belum selesai"), group=GROUP, holds=still_owed)
register("decision_reminder", _("Rencana yang lama menunggu putusan"), group=GROUP, holds=still_waiting)
register("objection_reminder", _("Masa keberatan hampir berakhir"), group=GROUP, holds=still_open)
name_steps(
    {
        "plan_opens": _("perencanaan dibuka"),
        "plan_7": _("7 hari sebelum batas rencana"),
        "plan_3": _("3 hari sebelum batas rencana"),
        "plan_1": _("1 hari sebelum batas rencana"),
        "plan_0": _("hari batas rencana"),
        "plan_late": _("rencana terlambat 3 hari"),
        "observe_60": _("observasi belum disepakati, 60 hari sebelum periode berakhir"),
        "observe_ks_60": _("observasi belum disepakati, untuk kepala sekolah"),
        "evidence_14": _("bukti belum lengkap, 14 hari sebelum penilaian"),
        "evidence_3": _("bukti belum lengkap, 3 hari sebelum penilaian"),
        "rate_7": _("7 hari sebelum batas penilaian"),
        "rate_1": _("1 hari sebelum batas penilaian"),
        "rate_0": _("hari batas penilaian"),
        "rate_late": _("penilaian terlambat 3 hari"),
        "decide": _("rencana menunggu putusan lebih dari 3 hari"),
        "decide_again": _("rencana menunggu putusan lebih dari 7 hari"),
        "object": _("masa keberatan hampir berakhir"),
    }
)
register("skp_received", _("SKP diterima e-Kinerja"), group=GROUP, mail=False)
register("skp_failed", _("SKP gagal dikirim ke e-Kinerja"), group=GROUP)
