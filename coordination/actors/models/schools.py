from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..tenancy import paths
from .base import Tenant
from .wilayah import Wilayah


class School(Tenant):
    """A school as Dapodik publishes it; its level decides which Dinas answers for it."""

    class Level(models.TextChoices):
        DASAR = paths.DASAR, _("PAUD, SD, SMP dan sederajat (Dinas kab/kota)")
        MENENGAH = paths.MENENGAH, _("SMA, SMK, SLB dan sederajat (Dinas provinsi)")

    class Status(models.TextChoices):
        NEGERI = "negeri", _("Negeri")
        SWASTA = "swasta", _("Swasta")

    npsn = models.CharField(
        "NPSN",
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^[0-9A-Z]{8}$", _("NPSN berisi 8 angka."))],
    )
    name = models.CharField(_("nama sekolah"), max_length=160)
    bentuk = models.CharField(_("bentuk pendidikan"), max_length=20)
    level = models.CharField(_("jenjang wewenang"), max_length=1, choices=Level.choices)
    status = models.CharField(_("status"), max_length=6, choices=Status.choices)
    provinsi = models.ForeignKey(Wilayah, models.PROTECT, related_name="+", verbose_name=_("provinsi"))
    kabkota = models.ForeignKey(Wilayah, models.PROTECT, related_name="+", verbose_name=_("kab/kota"))
    kecamatan = models.ForeignKey(
        Wilayah, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("kecamatan")
    )
    desa = models.CharField(_("desa/kelurahan"), max_length=80, blank=True)
    alamat = models.CharField(_("alamat"), max_length=200, blank=True)
    kode_pos = models.CharField(_("kode pos"), max_length=5, blank=True)
    akreditasi = models.CharField(_("akreditasi"), max_length=20, blank=True)
    kurikulum = models.CharField(_("kurikulum"), max_length=60, blank=True)
    guru = models.PositiveIntegerField(_("jumlah guru"), null=True, blank=True)
    tendik = models.PositiveIntegerField(_("jumlah tendik"), null=True, blank=True)
    peserta_didik = models.PositiveIntegerField(_("jumlah peserta didik"), null=True, blank=True)
    rombel = models.PositiveIntegerField(_("jumlah rombel"), null=True, blank=True)
    details = models.JSONField(_("keterangan lain dari Dapodik"), default=dict, blank=True)
    active = models.BooleanField(_("aktif"), default=True)
    updated_at = models.DateTimeField(_("diperbarui"), auto_now=True)

    class Meta:
        verbose_name = _("sekolah")
        verbose_name_plural = _("sekolah")
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["path", "name"], name="school_path_name")]

    def __str__(self) -> str:
        return self.name
