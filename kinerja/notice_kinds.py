"""What Kinerja tells people (coordination/notices/kinds.py)."""

from django.utils.translation import gettext_lazy as _

from coordination.notices.kinds import register

GROUP = _("Pengelolaan Kinerja")

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
