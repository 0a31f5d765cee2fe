from django.db import models
from django.utils.translation import gettext_lazy as _


class Wilayah(models.Model):
    """A province, kab/kota or kecamatan by its Kemendagri code (`32`, `32.76`, `32.76.01`)."""

    class Level(models.TextChoices):
        PROVINSI = "provinsi", _("Provinsi")
        KABKOTA = "kabkota", _("Kabupaten/Kota")
        KECAMATAN = "kecamatan", _("Kecamatan")

    code = models.CharField(_("kode"), primary_key=True, max_length=8, db_collation="C")
    level = models.CharField(_("tingkat"), max_length=10, choices=Level.choices)
    name = models.CharField(_("nama"), max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    time_zone = models.CharField(_("zona waktu"), max_length=32, default="Asia/Jakarta")

    class Meta:
        verbose_name = _("wilayah")
        verbose_name_plural = _("wilayah")
        ordering = ["code"]
        indexes = [models.Index(fields=["level", "name"], name="wilayah_level_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def provinsi_code(self) -> str:
        return self.code[:2]
