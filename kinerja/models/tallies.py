from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.actors.models.base import PathField, Tenant

from .packs import Period


class TallyChange(Tenant):
    """A plan entered or left a count at a school; written by a trigger, folded into Tally and then gone."""

    period = models.ForeignKey(Period, models.CASCADE, related_name="+")
    of_principal = models.BooleanField()
    jenjang = models.CharField(max_length=4)
    dimension = models.CharField(max_length=10)
    value = models.CharField(max_length=40)
    amount = models.SmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("perubahan hitungan")
        verbose_name_plural = _("perubahan hitungan")

    def __str__(self) -> str:
        return f"{self.path} {self.dimension}={self.value} {self.amount:+d}"


class Tally(Tenant):
    """How many plans of an area stand where (PK-12), counted beforehand so that a page costs the same at any size.

    `path` is the area itself: `32.d.76.01/20228621` a school, `32.d.76.01` a kecamatan at its level, `32.d.76` a
    kab/kota, `32.d` and `32` a province, `id` the country. `parent` is the next wider one. `dimension` is what is
    counted: `state`, `indicator` or `predicate`, and `value` which of them.
    """

    NATION = "id"

    period = models.ForeignKey(Period, models.CASCADE, related_name="+")
    parent = PathField(verbose_name=_("di dalam"), blank=True)
    of_principal = models.BooleanField()
    jenjang = models.CharField(max_length=4)
    dimension = models.CharField(max_length=10)
    value = models.CharField(max_length=40)
    count = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("hitungan rencana")
        verbose_name_plural = _("hitungan rencana")
        constraints = [
            models.UniqueConstraint(
                fields=["path", "period", "dimension", "of_principal", "jenjang", "value"], name="tally_once"
            )
        ]
        indexes = [models.Index(fields=["parent", "period", "dimension", "path"], name="tally_parent")]

    def __str__(self) -> str:
        return f"{self.path} {self.value}: {self.count}"


class TallyRun(models.Model):
    """When the changes were last folded; the "data per" of every count."""

    pusat_decides = True

    at = models.DateTimeField()
    folded = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("penghitungan")
        verbose_name_plural = _("penghitungan")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
