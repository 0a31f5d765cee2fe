from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coordination.actors.models import User
from coordination.actors.models.base import Tenant

from .kombel import Kombel
from .people import Cluster, Member


class Mode(models.TextChoices):
    LURING = "luring", _("Luring")
    DARING = "daring", _("Daring")


def minutes_between(starts, ends) -> int:
    """Minutes from one time of day to a later one."""
    day = datetime(2000, 1, 1)
    return int((datetime.combine(day, ends) - datetime.combine(day, starts)) / timedelta(minutes=1))


class Schedule(Tenant):
    """A routine of a kombel: every n weeks on a weekday, or every n months; KB-3 and KB-4 are read from it."""

    class Purpose(models.TextChoices):
        RUTIN = "rutin", _("Pertemuan rutin")
        SEMUA_GURU = "semua", _("Semua guru berkumpul")

    class Unit(models.TextChoices):
        WEEK = "minggu", _("minggu")
        MONTH = "bulan", _("bulan")

    class Weekday(models.IntegerChoices):
        SENIN = 0, _("Senin")
        SELASA = 1, _("Selasa")
        RABU = 2, _("Rabu")
        KAMIS = 3, _("Kamis")
        JUMAT = 4, _("Jumat")
        SABTU = 5, _("Sabtu")
        MINGGU = 6, _("Minggu")

    kombel = models.ForeignKey(Kombel, models.CASCADE, related_name="schedules", verbose_name=_("komunitas"))
    purpose = models.CharField(_("untuk"), max_length=5, choices=Purpose.choices, default=Purpose.RUTIN)
    every = models.PositiveSmallIntegerField(_("setiap"), default=1)
    unit = models.CharField(_("satuan"), max_length=6, choices=Unit.choices, default=Unit.WEEK)
    weekday = models.PositiveSmallIntegerField(_("hari"), choices=Weekday.choices)
    starts = models.TimeField(_("mulai"))
    ends = models.TimeField(_("selesai"))
    mode = models.CharField(_("cara bertemu"), max_length=6, choices=Mode.choices, default=Mode.LURING)
    place = models.CharField(_("tempat"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("jadwal rutin")
        verbose_name_plural = _("jadwal rutin")
        ordering = ["purpose", "weekday", "starts"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="schedule_ends_after_start"),
            models.CheckConstraint(condition=Q(every__gte=1), name="schedule_every_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts:%H.%M}"

    @property
    def minutes(self) -> int:
        return minutes_between(self.starts, self.ends)

    @property
    def interval_days(self) -> int:
        """Days between two meetings; a month counts as 31, so that "setiap 2 bulan" is not too long."""
        return self.every * (7 if self.unit == self.Unit.WEEK else 31)


class Meeting(Tenant):
    """A meeting of a kombel: planned with a topic, then documented (KB-3, KB-4, KB-12)."""

    class State(models.TextChoices):
        PLANNED = "rencana", _("Direncanakan")
        DONE = "tercatat", _("Tercatat")
        CANCELLED = "batal", _("Batal")

    kombel = models.ForeignKey(Kombel, models.CASCADE, related_name="meetings", verbose_name=_("komunitas"))
    state = models.CharField(_("keadaan"), max_length=8, choices=State.choices)
    topic = models.CharField(_("topik"), max_length=160)
    held_on = models.DateField(_("tanggal"))
    starts = models.TimeField(_("mulai"), null=True, blank=True)
    ends = models.TimeField(_("selesai"), null=True, blank=True)
    mode = models.CharField(_("cara bertemu"), max_length=6, choices=Mode.choices, default=Mode.LURING)
    all_teachers = models.BooleanField(_("semua guru berkumpul"), default=False)
    cluster = models.ForeignKey(
        Cluster, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("klaster")
    )
    present = models.PositiveIntegerField(_("jumlah hadir"), null=True, blank=True)
    notes = models.TextField(_("catatan"), blank=True, max_length=4000)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("dibuat oleh"))
    documented_at = models.DateTimeField(_("dicatat"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("pertemuan")
        verbose_name_plural = _("pertemuan")
        ordering = ["-held_on", "-id"]
        indexes = [
            models.Index(fields=["kombel", "held_on"], name="meeting_kombel_day"),
            models.Index(fields=["held_on", "id"], name="meeting_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gt=F("starts")), name="meeting_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(topic=""), name="meeting_has_topic"),
            models.CheckConstraint(
                condition=Q(state="tercatat", present__isnull=False, documented_at__isnull=False)
                | ~Q(state="tercatat"),
                name="meeting_documented_counts",
            ),
        ]

    def __str__(self) -> str:
        return self.topic

    @property
    def minutes(self) -> int | None:
        """Length in minutes, or None while a time is missing."""
        return minutes_between(self.starts, self.ends) if self.starts and self.ends else None


class Attendance(Tenant):
    """A member who was there."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    member = models.ForeignKey(Member, models.CASCADE, related_name="attendance")

    class Meta:
        verbose_name = _("kehadiran")
        verbose_name_plural = _("kehadiran")
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.member_id}"


class MeetingReflection(Tenant):
    """The short reflection after a meeting: three questions, and the obstacles that become topics (KB-13)."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="reflection", verbose_name=_("pertemuan"))
    went_well = models.TextField(_("Apa yang berjalan baik?"), blank=True, max_length=2000)
    to_improve = models.TextField(_("Apa yang perlu ditingkatkan?"), blank=True, max_length=2000)
    pupil_impact = models.TextField(_("Dampak untuk murid?"), blank=True, max_length=2000)
    challenges = models.TextField(_("Tantangan"), blank=True, max_length=2000)
    next_step = models.TextField(_("Tindak lanjut"), blank=True, max_length=2000)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("ditulis oleh"))
    written_at = models.DateTimeField(_("ditulis"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("refleksi singkat")
        verbose_name_plural = _("refleksi singkat")

    def __str__(self) -> str:
        return str(self.meeting_id)


class Photo(Tenant):
    """A photo of a meeting, drawn anew on arrival: no place, no camera, at most 1600 px."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="photos", verbose_name=_("pertemuan"))
    file = models.CharField(_("berkas"), max_length=80, unique=True, editable=False)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(_("ukuran (bita)"))
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("foto")
        verbose_name_plural = _("foto")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.file
