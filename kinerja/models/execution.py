from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coordination.actors.models import User
from coordination.actors.transitions import Transition

from .base import OfPlan


class PlanItem(OfPlan):
    """An RHK of the approved version, as something to be done and shown (PK-9).

    `active` is False once a change drops it; `quantity` counts packages of the pack's unit (RHK 3: of three
    activities), `points` is their worth.
    """

    number = models.PositiveSmallIntegerField("RHK")
    quantity = models.PositiveSmallIntegerField(_("jumlah"))
    points = models.PositiveSmallIntegerField(_("poin"), default=0)
    active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("RHK rencana")
        verbose_name_plural = _("RHK rencana")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_item_once")]

    def __str__(self) -> str:
        return f"RHK {self.number}"


class Evidence(OfPlan):
    """Something that shows an RHK was done: a picture drawn anew, a checked PDF, a link, or words (PK-9).

    `units` counts single units (activities, works), not packages. A removed one stays with its reason.
    """

    class Kind(models.TextChoices):
        PHOTO = "foto", _("Foto")
        PDF = "pdf", "PDF"
        LINK = "tautan", _("Tautan")
        NOTE = "catatan", _("Catatan")

    item = models.ForeignKey(PlanItem, models.PROTECT, related_name="evidence", verbose_name="RHK")
    kind = models.CharField(_("jenis"), max_length=7, choices=Kind.choices)
    title = models.CharField(_("judul"), max_length=160)
    units = models.PositiveSmallIntegerField(_("jumlah"), default=1)
    done_on = models.DateField(_("tanggal kegiatan"))
    file = models.CharField(max_length=120, blank=True, editable=False)
    size = models.PositiveIntegerField(_("ukuran"), default=0, editable=False)
    link = models.URLField(_("tautan"), max_length=400, blank=True)
    note = models.TextField(_("catatan"), max_length=1000, blank=True)
    added_at = models.DateTimeField(_("ditambahkan"), auto_now_add=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    removed_at = models.DateTimeField(_("ditarik"), null=True, blank=True)
    removed_because = models.CharField(_("alasan ditarik"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("bukti dukung")
        verbose_name_plural = _("bukti dukung")
        ordering = ["done_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["foto", "pdf"]) & ~Q(file="") | Q(kind="tautan") & ~Q(link="")
                | Q(kind="catatan") & ~Q(note=""),
                name="evidence_has_what_it_says",
            ),
            models.CheckConstraint(condition=Q(units__gte=1), name="evidence_counts_something"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Observation(OfPlan):
    """The observation of a plan's indicator, step by step (PK-9); each step is done once and keeps its words.

    `rubric` maps the number of a focus behaviour to {"score": index of the pack's scale, "note"}.
    """

    class State(models.TextChoices):
        BELUM = "belum", _("Belum dijadwalkan")
        DIUSULKAN = "diusulkan", _("Tanggal diusulkan")
        DISEPAKATI = "disepakati", _("Tanggal disepakati")
        DISIAPKAN = "disiapkan", _("Sudah berdiskusi persiapan")
        DIAMATI = "diamati", _("Sudah diobservasi")
        DITINDAKLANJUTI = "ditindaklanjuti", _("Sudah berdiskusi tindak lanjut")
        DIPERBAIKI = "diperbaiki", _("Upaya perbaikan dicatat")
        SELESAI = "selesai", _("Refleksi selesai")

    TRANSITIONS = {
        "propose": Transition(
            _("Usulkan tanggal"), (State.BELUM, State.DIUSULKAN, State.DISEPAKATI, State.DISIAPKAN), State.DIUSULKAN
        ),
        "agree": Transition(_("Sepakati tanggal"), (State.DIUSULKAN,), State.DISEPAKATI),
        "prepare": Transition(_("Catat diskusi persiapan"), (State.DISEPAKATI,), State.DISIAPKAN),
        "observe": Transition(_("Isi rubrik observasi"), (State.DISIAPKAN,), State.DIAMATI),
        "follow": Transition(_("Catat diskusi tindak lanjut"), (State.DIAMATI,), State.DITINDAKLANJUTI),
        "improve": Transition(_("Catat upaya perbaikan"), (State.DITINDAKLANJUTI,), State.DIPERBAIKI),
        "reflect": Transition(_("Tulis refleksi"), (State.DIPERBAIKI,), State.SELESAI),
    }
    """Teacher and principal both propose and agree (never one's own proposal); the principal observes and notes
    the talks; the teacher writes improvement and reflection. Drawn in docs/kinerja/alur.md."""

    state = models.CharField(_("keadaan"), max_length=16, choices=State.choices, default=State.BELUM)
    held_on = models.DateField(_("tanggal observasi"), null=True, blank=True)
    starts = models.TimeField(_("jam"), null=True, blank=True)
    place = models.CharField(_("kelas/tempat"), max_length=120, blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    preparation = models.TextField(_("diskusi persiapan"), max_length=2000, blank=True)
    rubric = models.JSONField(_("rubrik"), default=dict)
    observer_note = models.TextField(_("catatan pengamat"), max_length=2000, blank=True)
    observed_on = models.DateField(_("diobservasi pada"), null=True, blank=True)
    observed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    follow_up = models.TextField(_("diskusi tindak lanjut"), max_length=2000, blank=True)
    improvement = models.TextField(_("upaya perbaikan"), max_length=2000, blank=True)
    reflection = models.TextField(_("refleksi"), max_length=2000, blank=True)
    changed_at = models.DateTimeField(_("diubah"), auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("observasi")
        verbose_name_plural = _("observasi")
        constraints = [
            models.UniqueConstraint(fields=["plan"], name="observation_once"),
            models.CheckConstraint(
                condition=Q(state__in=["belum"]) | Q(held_on__isnull=False), name="observation_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.state}"
