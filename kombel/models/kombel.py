from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from coordination.actors.models import School
from coordination.actors.models.base import Tenant
from coordination.actors.schools.kinds import jenjang_of
from coordination.actors.tenancy import paths


class Jenjang(models.TextChoices):
    """The kind of school a kombel's members teach at; decides which clusters make sense (KB-2)."""

    PAUD = "paud", "PAUD"
    SD = "sd", "SD"
    SMP = "smp", "SMP"
    SMA = "sma", "SMA"
    SMK = "smk", "SMK"
    SLB = "slb", "SLB"
    LAIN = "lain", _("Lainnya")

    @classmethod
    def of_bentuk(cls, bentuk: str) -> "Jenjang":
        """The jenjang of a Dapodik `bentuk pendidikan`, such as "SPK SMP" or "MA"."""
        return cls(jenjang_of(bentuk))


class PathPart(Func):
    """A code out of the path's own parts, kept by the database, so a moved school takes its kombel along."""

    output_field = models.CharField(max_length=8)

    def __init__(self, template: str):
        super().__init__(F("path"), template=template)


_PROVINSI = "split_part(%(expressions)s, '.', 1)"
_LEVEL = "split_part(%(expressions)s, '.', 2)"
_KABKOTA = f"({_PROVINSI} || '.' || split_part(%(expressions)s, '.', 3))"
_KECAMATAN = f"({_KABKOTA} || '.' || split_part(split_part(%(expressions)s, '/', 1), '.', 4))"


def path_code(template: str, length: int, label) -> models.GeneratedField:
    return models.GeneratedField(
        expression=PathPart(template),
        output_field=models.CharField(max_length=length, db_collation="C"),
        db_persist=True,
        verbose_name=label,
    )


class Kombel(Tenant):
    """A learning community inside a school, between schools, or online (KB-1).

    `quiet_since` is the day of the last documented meeting, or of registration; silence is counted from it
    and never stored. `penggerak`, `leader_ids` and `members` repeat what Leader and Member say, so that the
    list of an area is one light query; only the services write them.
    """

    class Kind(models.TextChoices):
        DALAM = "dalam", _("Dalam sekolah")
        ANTAR = "antar", _("Antar sekolah")
        DARING = "daring", _("Daring (PMM)")

    class Form(models.TextChoices):
        PKG = "pkg", _("PKG/gugus PAUD")
        MGMP = "mgmp", "MGMP"
        MGBK = "mgbk", "MGBK"
        KKG = "kkg", "KKG"
        MKKS = "mkks", "MKKS"
        KKS = "kks", "KKS"
        MKPS = "mkps", "MKPS"
        PRAKTISI = "praktisi", _("Komunitas praktisi")
        SEKOLAH_PENGGERAK = "sp", _("Komunitas sekolah penggerak")
        KGBN = "kgbn", _("Komunitas Guru Berbagi Nusantara (KGBN)")
        KPBN = "kpbn", _("Komunitas Pengawas Belajar Nusantara (KPBN)")
        LAIN = "lain", _("Lainnya")

    class State(models.TextChoices):
        DRAFT = "draft", _("Diusulkan")
        AKTIF = "aktif", _("Aktif")
        TIDAK_AKTIF = "tidak_aktif", _("Tidak aktif")

    class Level(models.TextChoices):
        DASAR = paths.DASAR, _("PAUD, SD, SMP (Dinas kab/kota)")
        MENENGAH = paths.MENENGAH, _("SMA, SMK, SLB (Dinas provinsi)")

    name = models.CharField(_("nama komunitas"), max_length=120)
    kind = models.CharField(_("jenis"), max_length=6, choices=Kind.choices)
    form = models.CharField(_("bentuk"), max_length=10, choices=Form.choices, blank=True)
    jenjang = models.CharField(_("jenjang"), max_length=4, choices=Jenjang.choices)
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="kombel", verbose_name=_("sekolah")
    )
    state = models.CharField(_("keadaan"), max_length=11, choices=State.choices, default=State.DRAFT)
    programme = models.TextField(_("program kegiatan"), blank=True, max_length=4000)
    registered_on = models.DateField(_("terdaftar"))
    closed_on = models.DateField(_("tidak aktif sejak"), null=True, blank=True)
    closed_because = models.CharField(_("alasan tidak aktif"), max_length=200, blank=True)
    last_meeting = models.DateField(_("pertemuan terakhir"), null=True, blank=True)
    quiet_since = models.DateField(_("senyap sejak"))
    penggerak = models.CharField(_("penggerak"), max_length=250, blank=True)
    leader_ids = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    members = models.PositiveIntegerField(_("jumlah anggota"), default=0)
    contact_outcome = models.CharField(_("hasil hubungan terakhir"), max_length=12, blank=True)
    contact_next = models.DateField(_("hubungi lagi"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        "actors.User", models.PROTECT, related_name="+", verbose_name=_("diusulkan oleh"), null=True, blank=True
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    provinsi = path_code(_PROVINSI, 2, _("kode provinsi"))
    level = path_code(_LEVEL, 1, _("jenjang wewenang"))
    kabkota = path_code(_KABKOTA, 5, _("kode kab/kota"))
    kecamatan = path_code(_KECAMATAN, 8, _("kode kecamatan"))
    # Compared as a range of bytes: LIKE would not use an index behind the wall.
    name_key = models.GeneratedField(
        expression=Lower("name"),
        output_field=models.CharField(max_length=120, db_collation="C"),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("komunitas belajar")
        verbose_name_plural = _("komunitas belajar")
        ordering = ["quiet_since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="dalam", school__isnull=False) | (~Q(kind="dalam") & Q(school=None)),
                name="kombel_inside_has_school",
            ),
            models.CheckConstraint(
                condition=Q(kind="antar") & ~Q(form="") | (~Q(kind="antar") & Q(form="")),
                name="kombel_between_has_form",
            ),
            models.CheckConstraint(
                condition=Q(state="tidak_aktif", closed_on__isnull=False) | ~Q(state="tidak_aktif") & Q(closed_on=None),
                name="kombel_closed_has_day",
            ),
            models.UniqueConstraint(
                fields=["school", "name_key"],
                condition=Q(school__isnull=False) & ~Q(state="tidak_aktif"),
                name="kombel_name_once_in_school",
            ),
        ]
        # The list is read by silence: a region's equality gives the order without sorting the whole area.
        indexes = [
            models.Index(fields=["kabkota", "quiet_since", "id"], name="kombel_kabkota_quiet"),
            models.Index(fields=["provinsi", "quiet_since", "id"], name="kombel_provinsi_quiet"),
            # And counted out of the index alone, the path for the wall.
            models.Index(fields=["kabkota", "state", "path"], name="kombel_kabkota_count"),
            models.Index(fields=["provinsi", "state", "path"], name="kombel_provinsi_count"),
            models.Index(fields=["quiet_since", "id"], name="kombel_quiet"),
            models.Index(fields=["name_key", "id"], name="kombel_name_key"),
        ]

    def __str__(self) -> str:
        return self.name

    def led_by(self, user_id: int) -> bool:
        return user_id in self.leader_ids

    def quiet_days(self, today: date) -> int:
        """Days since the last documented meeting, or since registration when there was none."""
        return (today - self.quiet_since).days

    def active_until(self, days: int) -> date:
        """The last day on which the kombel is not yet silent, for a threshold of `days`."""
        return self.quiet_since + timedelta(days=days)
