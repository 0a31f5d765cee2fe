from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.actors.models.base import PathField, Tenant

from .packs import Period


class TallyChange(Tenant):
    """By how much a statement changed a count at a school; written by a trigger, folded into Tally and then gone."""

    period = models.ForeignKey(Period, models.CASCADE, null=True, related_name="+")
    of_principal = models.BooleanField()
    jenjang = models.CharField(max_length=4)
    dimension = models.CharField(max_length=10)
    value = models.CharField(max_length=40)
    amount = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("perubahan hitungan")
        verbose_name_plural = _("perubahan hitungan")

    def __str__(self) -> str:
        return f"{self.path} {self.dimension}={self.value} {self.amount:+d}"


class Tally(Tenant):
    """How many plans of an area stand where (PK-12), counted beforehand so that a page costs the same at any size.

    `path` is the area itself: `32.d.76.01/99000001` a school, `32.d.76.01` a kecamatan at its level, `32.d.76` a
    kab/kota, `32.d` and `32` a province, `id` the country. `parent` is the next wider one, `depth` how far below the
    country. `dimension` is what is counted and `value` which of them: the `plan` itself, its `state`, `indicator`
    or `predicate`; without a period the `guru` of Dapodik and the `sekolah`.
    """

    NATION = "id"

    class Depth(models.IntegerChoices):
        NATION = 0
        PROVINSI = 1
        LEVEL = 2
        KABKOTA = 3
        KECAMATAN = 4
        SCHOOL = 5

    period = models.ForeignKey(Period, models.CASCADE, null=True, related_name="+")
    depth = models.PositiveSmallIntegerField()
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
                fields=["path", "period", "dimension", "of_principal", "jenjang", "value"],
                name="tally_once",
                nulls_distinct=False,
            )
        ]
        indexes = [
            models.Index(fields=["parent", "period", "dimension", "path"], name="tally_parent"),
            models.Index(fields=["depth", "dimension", "period", "path"], name="tally_depth"),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.value}: {self.count}"


class TallyRun(models.Model):
    """When the changes were last folded; the "data per" of every count."""

    pusat_decides = True

    at = models.DateTimeField()
    folded = models.PositiveIntegerField()
    checked = models.BooleanField(default=False)
    """Everything was counted anew at this moment and compared."""

    class Meta:
        verbose_name = _("penghitungan")
        verbose_name_plural = _("penghitungan")
        indexes = [models.Index(fields=["-at"], name="tallyrun_latest")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
