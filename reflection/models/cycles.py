from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coordination.actors.models import Organisation, Unit, User, Wilayah
from coordination.actors.models.base import Tenant, TenantQuerySet

REPORTING_UNITS = [(unit.value, unit.label) for unit in Unit if Organisation.KIND_OF[unit] == Organisation.Kind.UPT]
MONTHS = [(1, "1"), (2, "2"), (3, "3"), (4, "4"), (6, "6"), (12, "12")]


def seed_units() -> list[str]:
    """The UPT that seed 002 asks to report: those of Ditjen GTK and of Ditjen Pendidikan Vokasi."""
    return [Unit.BBGP, Unit.BGP, Unit.BBPPMPV, Unit.BPPMPV]


class CycleRule(models.Model):
    """How cycles that begin from a day on are made; older cycles keep what they were made with.

    The length is two months (seed 002, Bab 3.C and 3.E; Decided conflict 1). The seed names no day on which
    a report is due, so the days are a setting.
    """

    pusat_decides = True

    valid_from = models.DateField(_("berlaku mulai"), unique=True)
    months = models.PositiveSmallIntegerField(_("panjang siklus (bulan)"), choices=MONTHS, default=2)
    due_after_days = models.PositiveSmallIntegerField(
        _("batas kirim"), default=15, help_text=_("Hari sesudah siklus berakhir.")
    )
    grace_days = models.PositiveSmallIntegerField(
        _("masa tenggang"), default=0, help_text=_("Hari sesudah batas yang masih dihitung tepat waktu.")
    )
    units = ArrayField(
        models.CharField(max_length=20, choices=REPORTING_UNITS), verbose_name=_("UPT yang melapor"), default=seed_units
    )

    class Meta:
        verbose_name = _("aturan siklus")
        verbose_name_plural = _("aturan siklus")
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(months__in=[1, 2, 3, 4, 6, 12]), name="cyclerule_months_divide_year")
        ]

    def __str__(self) -> str:
        return f"{self.valid_from:%Y-%m-%d}"


class Cycle(models.Model):
    """A period of reflection that ends with a report to Pusat; a public calendar (seed 002, Bab 3.C)."""

    pusat_decides = True

    code = models.CharField(
        _("kode"), max_length=10, unique=True, validators=[RegexValidator(r"^\d{4}-\d{1,2}$")], editable=False
    )
    name = models.CharField(_("nama"), max_length=60)
    months = models.PositiveSmallIntegerField(_("panjang (bulan)"), default=2, editable=False)
    starts = models.DateField(_("mulai"), unique=True, editable=False)
    ends = models.DateField(_("berakhir"), editable=False)
    opens_on = models.DateField(_("dibuka"))
    due_on = models.DateField(_("batas kirim"))
    grace_days = models.PositiveSmallIntegerField(_("masa tenggang (hari)"), default=0)
    units = ArrayField(
        models.CharField(max_length=20, choices=REPORTING_UNITS), verbose_name=_("UPT yang melapor"), default=seed_units
    )

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = _("siklus")
        verbose_name_plural = _("siklus")
        ordering = ["-starts"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="cycle_ends_after_start"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("ends"), opens_on__lte=F("due_on")), name="cycle_due_after_end"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open(self, today: date) -> bool:
        """Whether reports of this cycle can be written on a day."""
        return self.opens_on <= today


class Circular(models.Model):
    """A circular of Pusat that moves the day on which reports of a cycle are due (RF-10)."""

    pusat_decides = True

    class Reach(models.TextChoices):
        ALL = "semua", _("Semua UPT")
        PROVINCES = "provinsi", _("UPT di provinsi tertentu")
        OFFICES = "kantor", _("UPT tertentu")

    number = models.CharField(_("nomor surat edaran"), max_length=80, unique=True)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="circulars", verbose_name=_("siklus"))
    reach = models.CharField(_("berlaku untuk"), max_length=10, choices=Reach.choices, default=Reach.ALL)
    provinces = models.ManyToManyField(Wilayah, blank=True, related_name="+", verbose_name=_("provinsi"))
    offices = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name=_("kantor"))
    new_due_on = models.DateField(_("batas kirim baru"))
    reason = models.CharField(_("alasan"), max_length=300)
    issued_on = models.DateField(_("tanggal surat"))
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("dicatat oleh"))
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = _("surat edaran perpanjangan")
        verbose_name_plural = _("surat edaran perpanjangan")
        ordering = ["-issued_on", "-id"]

    def __str__(self) -> str:
        return self.number


class Obligation(Tenant):
    """That one UPT owes one report for one cycle; made ahead with the cycle, so a missing report is a row.

    `due_on` is the day in force (a circular may have moved it); `closes_at` the moment until which a
    submission counts as on time: the end of that day and of the grace days where the office stands.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="obligations", verbose_name=_("siklus"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("UPT"))
    due_on = models.DateField(_("batas kirim"))
    closes_at = models.DateTimeField(_("dihitung tepat waktu sampai"))
    circular = models.ForeignKey(
        Circular, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("diperpanjang oleh")
    )
    submitted_at = models.DateTimeField(_("pertama kali dikirim"), null=True, blank=True)

    class Meta:
        verbose_name = _("kewajiban laporan")
        verbose_name_plural = _("kewajiban laporan")
        ordering = ["-due_on", "organisation__name"]
        constraints = [models.UniqueConstraint(fields=["cycle", "organisation"], name="obligation_once")]
        indexes = [models.Index(fields=["due_on"], condition=Q(submitted_at=None), name="obligation_waiting")]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.cycle}"

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone (WIB, WITA or WIT)."""
        return ZoneInfo(self.organisation.time_zone)

    @property
    def due_at(self) -> datetime:
        """The end of the day on which the report is due, where the office stands."""
        return datetime.combine(self.due_on + timedelta(days=1), time(), self.zone)

    @property
    def is_on_time(self) -> bool | None:
        """Whether the report came in time; None while there is none."""
        return self.submitted_at <= self.closes_at if self.submitted_at else None
