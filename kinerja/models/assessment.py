from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coordination.actors.models import User

from .base import OfPlan


class Level(models.TextChoices):
    ATAS = "atas", _("Di atas ekspektasi")
    SESUAI = "sesuai", _("Sesuai ekspektasi")
    BAWAH = "bawah", _("Di bawah ekspektasi")


class Assessment(OfPlan):
    """The rating of a plan (PK-10); until `rated_at` it is the principal's draft and nobody else's business.

    `answered_at` closes the one objection there can be; what was rated before it stays in `before`.
    """

    hasil = models.CharField(_("hasil kerja"), max_length=6, choices=Level.choices, blank=True)
    perilaku = models.CharField(_("perilaku kerja"), max_length=6, choices=Level.choices, blank=True)
    predicate = models.CharField(_("predikat"), max_length=20, blank=True)
    note = models.TextField(_("catatan penilai"), max_length=2000, blank=True)
    rated_at = models.DateTimeField(_("dinilai pada"), null=True, blank=True)
    rated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("penilai"))
    response = models.TextField(_("tanggapan pegawai"), max_length=2000, blank=True)
    responded_at = models.DateTimeField(_("ditanggapi pada"), null=True, blank=True)
    objection = models.TextField(_("keberatan"), max_length=2000, blank=True)
    objected_at = models.DateTimeField(_("keberatan diajukan"), null=True, blank=True)
    answer = models.TextField(_("jawaban keberatan"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("keberatan dijawab"), null=True, blank=True)
    before = models.JSONField(_("sebelum keberatan"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(_("diubah"), auto_now=True)

    class Meta:
        verbose_name = _("penilaian")
        verbose_name_plural = _("penilaian")
        constraints = [
            models.UniqueConstraint(fields=["plan"], name="assessment_once"),
            models.CheckConstraint(
                condition=Q(rated_at=None) | ~Q(hasil="") & ~Q(perilaku="") & ~Q(predicate=""),
                name="assessment_rated_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(objected_at__isnull=False), name="assessment_answers_an_objection"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}"


class Rating(OfPlan):
    """One rated thing: an RHK (`rhk:3`), the praktik pembelajaran (`praktik`) or a value (`nilai:akuntabel`)."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="ratings")
    subject = models.CharField(_("yang dinilai"), max_length=40)
    level = models.CharField(_("penilaian"), max_length=6, choices=Level.choices)
    reason = models.CharField(_("alasan"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("nilai")
        verbose_name_plural = _("nilai")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["assessment", "subject"], name="rating_once")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.level}"


class SkpDelivery(OfPlan):
    """One sending of a finished plan to the configured e-Kinerja address (PK-11).

    The idempotency `key` is the same for every attempt, so the receiver can tell a repetition from a new SKP.
    """

    class State(models.TextChoices):
        MENUNGGU = "menunggu", _("Menunggu dikirim")
        DIKIRIM = "dikirim", _("Sedang dikirim")
        DITERIMA = "diterima", _("Diterima")
        GAGAL = "gagal", _("Gagal")

    key = models.UUIDField(_("kunci"), unique=True)
    state = models.CharField(_("keadaan"), max_length=8, choices=State.choices, default=State.MENUNGGU)
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    next_at = models.DateTimeField(_("dicoba lagi"), null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("diterima pada"), null=True, blank=True)
    receipt = models.CharField(_("tanda terima"), max_length=120, blank=True)
    status = models.PositiveSmallIntegerField(_("jawaban HTTP"), null=True, blank=True)
    problem = models.CharField(_("kendala"), max_length=300, blank=True)
    mend = models.CharField(_("siapa yang memperbaiki"), max_length=200, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("diminta"), auto_now_add=True)

    class Meta:
        verbose_name = _("pengiriman SKP")
        verbose_name_plural = _("pengiriman SKP")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "next_at"], name="skpdelivery_due")]
        constraints = [models.UniqueConstraint(fields=["plan"], condition=~Q(state="gagal"), name="skpdelivery_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.state}"
