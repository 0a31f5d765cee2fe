from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from coordination.actors.models.base import TenantQuerySet


class RulePack(models.Model):
    """A regulation as data (`kinerja.rules.pack`); once a plan uses it, the database refuses to change `content`."""

    pusat_decides = True

    code = models.SlugField(_("kode"), max_length=40, unique=True)
    name = models.CharField(_("nama"), max_length=160)
    source = models.CharField(_("sumber"), max_length=300)
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    content = models.JSONField(_("isi"))
    current = models.BooleanField(
        _("dipakai untuk periode baru"), default=False, help_text=_("Hanya satu paket; periode yang sudah ada tetap.")
    )

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = _("paket aturan kinerja")
        verbose_name_plural = _("paket aturan kinerja")
        ordering = ["-valid_from", "code"]
        constraints = [
            models.UniqueConstraint(fields=["current"], condition=Q(current=True), name="pack_current_one"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="pack_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Period(models.Model):
    """A stretch in which employees plan, do and are assessed under one pack (PK-2); two never overlap."""

    pusat_decides = True

    code = models.CharField(_("kode"), max_length=10, unique=True, validators=[RegexValidator(r"^\d{4}(-[12])?$")])
    name = models.CharField(_("nama"), max_length=60)
    pack = models.ForeignKey(RulePack, models.PROTECT, related_name="periods", verbose_name=_("paket aturan"))
    starts = models.DateField(_("mulai"))
    ends = models.DateField(_("berakhir"))
    plan_opens = models.DateField(_("perencanaan dibuka"))
    plan_due = models.DateField(_("batas perencanaan"))
    assess_opens = models.DateField(_("penilaian dibuka"))
    assess_due = models.DateField(_("batas penilaian"))

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = _("periode kinerja")
        verbose_name_plural = _("periode kinerja")
        ordering = ["-starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts"), plan_opens__lte=F("plan_due"), assess_opens__lte=F("assess_due")),
                name="period_days_in_order",
            ),
            ExclusionConstraint(
                name="period_never_overlaps",
                expressions=[
                    (
                        Func(
                            F("starts"), F("ends"), RangeBoundary(inclusive_upper=True),
                            function="daterange", output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    )
                ],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
