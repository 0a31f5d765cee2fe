from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import PathField
from .wilayah import Wilayah


class Unit(models.TextChoices):
    """The offices that work together, by the ministry's own names."""

    BSKAP = "bskap", "BSKAP"
    PD = "pd", _("Ditjen PAUD Dasmen")
    GTK = "gtk", _("Ditjen GTK")
    BBPMP = "bbpmp", "BBPMP"
    BPMP = "bpmp", "BPMP"
    BBGP = "bbgp", "BBGP"
    BGP = "bgp", "BGP"
    BBPPMPV = "bbppmpv", "BBPPMPV"
    BPPMPV = "bppmpv", "BPPMPV"
    DINAS_KABKOTA = "dinas_kabkota", _("Dinas Pendidikan kab/kota")
    DINAS_PROVINSI = "dinas_provinsi", _("Dinas Pendidikan provinsi")
    MITRA = "mitra", _("Mitra Pembangunan")


class Organisation(models.Model):
    """An office: Pusat, UPT, Dinas or Mitra.

    Its name and address are public; its records are not, and carry its `path`.
    """

    class Kind(models.TextChoices):
        PUSAT = "pusat", _("Pusat")
        UPT = "upt", _("UPT")
        DINAS = "dinas", _("Dinas Pendidikan")
        MITRA = "mitra", _("Mitra")

    KIND_OF = {
        Unit.BSKAP: Kind.PUSAT,
        Unit.PD: Kind.PUSAT,
        Unit.GTK: Kind.PUSAT,
        Unit.BBPMP: Kind.UPT,
        Unit.BPMP: Kind.UPT,
        Unit.BBGP: Kind.UPT,
        Unit.BGP: Kind.UPT,
        Unit.BBPPMPV: Kind.UPT,
        Unit.BPPMPV: Kind.UPT,
        Unit.DINAS_KABKOTA: Kind.DINAS,
        Unit.DINAS_PROVINSI: Kind.DINAS,
        Unit.MITRA: Kind.MITRA,
    }
    VOCATIONAL = (Unit.BBPPMPV, Unit.BPPMPV)

    code = models.CharField(
        _("kode"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9_]+$", _("Hanya huruf kecil, angka dan garis bawah."))],
    )
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind.choices, editable=False)
    unit = models.CharField(_("unit"), max_length=20, choices=Unit.choices)
    name = models.CharField(_("nama"), max_length=160)
    short_name = models.CharField(_("nama singkat"), max_length=60)
    wilayah = models.ForeignKey(
        Wilayah, models.PROTECT, null=True, blank=True, verbose_name=_("kedudukan"), related_name="offices"
    )
    serves = models.ManyToManyField(
        Wilayah, blank=True, verbose_name=_("provinsi yang dilayani"), related_name="served_by"
    )
    path = PathField(unique=True)
    email = models.EmailField(_("surel kantor"), blank=True)
    phone = models.CharField(_("telepon/WhatsApp"), max_length=30, blank=True)
    active = models.BooleanField(_("aktif"), default=True)

    class Meta:
        verbose_name = _("kantor")
        verbose_name_plural = _("kantor")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def time_zone(self) -> str:
        return self.wilayah.time_zone if self.wilayah else "Asia/Jakarta"
