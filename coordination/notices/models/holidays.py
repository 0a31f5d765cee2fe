from django.db import models
from django.utils.translation import gettext_lazy as _


class Holiday(models.Model):
    """A day without office hours, in the whole country or in one province; edited by Pusat's admins.

    Shipped days come from the `holidays` package and are estimates where the calendar is lunar.
    """

    pusat_decides = True

    date = models.DateField(_("tanggal"))
    name = models.CharField(_("nama"), max_length=160)
    wilayah = models.ForeignKey(
        "actors.Wilayah",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("hanya di provinsi"),
    )
    estimated = models.BooleanField(_("perkiraan"), default=False)
    shipped = models.BooleanField(_("dari daftar bawaan"), default=False, editable=False)
    observed = models.BooleanField(
        _("libur"), default=True, help_text=_("Hapus centang bila hari ini ternyata hari kerja.")
    )

    class Meta:
        verbose_name = _("hari libur")
        verbose_name_plural = _("hari libur")
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["date", "wilayah"], name="holiday_once", nulls_distinct=False)]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
