from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.actors.models.base import PathField

from .packs import Period


class Sweep(models.Model):
    """How far one reminder has come through the country; there only while somebody is still to be told.

    The people of a step are told in batches in the order of (path, id): `path` and `row_id` are the last one's.
    `since` and `last` bound the days a daily reminder is about.
    """

    pusat_decides = True

    rule = models.CharField(max_length=20)
    step = models.CharField(max_length=30)
    zone = models.CharField(max_length=40)
    provinces = models.JSONField()
    period = models.ForeignKey(Period, models.CASCADE, null=True, related_name="+")
    anchor_on = models.DateField()
    day = models.DateField()
    since = models.DateField(null=True)
    until = models.DateTimeField()
    path = PathField(blank=True)
    row_id = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("pengingat yang sedang disampaikan")
        verbose_name_plural = _("pengingat yang sedang disampaikan")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.step} {self.zone}"
