from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.actors.models import School, User
from coordination.actors.models.base import Tenant


class RaporColour(Tenant):
    """The colour the Rapor Pendidikan of a school gives an indicator in a year (PK-4)."""

    class Colour(models.TextChoices):
        MERAH = "merah", _("Merah – prioritas utama")
        KUNING = "kuning", _("Kuning – prioritas kedua")
        HIJAU = "hijau", _("Hijau – dianjurkan")

    school = models.ForeignKey(School, models.CASCADE, related_name="+", verbose_name=_("sekolah"))
    year = models.PositiveSmallIntegerField(_("tahun rapor"))
    indicator = models.CharField(_("indikator"), max_length=40)
    colour = models.CharField(_("warna"), max_length=6, choices=Colour.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    at = models.DateTimeField(_("diisi"), auto_now=True)

    class Meta:
        verbose_name = _("warna Rapor Pendidikan")
        verbose_name_plural = _("warna Rapor Pendidikan")
        ordering = ["-year", "indicator"]
        constraints = [models.UniqueConstraint(fields=["school", "year", "indicator"], name="rapor_colour_once")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.colour}"
