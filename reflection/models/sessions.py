from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coordination.actors.models import Organisation
from coordination.actors.models.base import Tenant
from coordination.actors.transitions import Transition

RTL_DAYS = 14
"""Days after a session within which follow-up plans are asked for, unless the UPT sets another day."""


class Session(Tenant):
    """A reflection session that a UPT facilitates for the communities of its area (RF-2, RF-3; seed 002 Bab 3).

    It stands on the UPT's own path: nobody but the UPT and Pusat sees it. What a community must know
    travels to it in an `Undangan`. Dates and times are local to the UPT (`time_zone`).
    """

    class State(models.TextChoices):
        DISIAPKAN = "disiapkan", _("Disiapkan")
        BERLANGSUNG = "berlangsung", _("Berlangsung")
        SELESAI = "selesai", _("Selesai")
        DIBATALKAN = "dibatalkan", _("Dibatalkan")

    class Mode(models.TextChoices):
        LURING = "luring", _("Luring (bertemu langsung)")
        DARING = "daring", _("Daring")

    TRANSITIONS = {
        "start": Transition(_("Mulai sesi"), (State.DISIAPKAN,), State.BERLANGSUNG),
        "finish": Transition(_("Selesaikan sesi"), (State.BERLANGSUNG,), State.SELESAI),
        "resume": Transition(_("Buka lagi sesi"), (State.SELESAI,), State.BERLANGSUNG, needs_reason=True),
        "cancel": Transition(
            _("Batalkan sesi"), (State.DISIAPKAN, State.BERLANGSUNG), State.DIBATALKAN, needs_reason=True
        ),
    }
    NOTABLE = (State.BERLANGSUNG, State.SELESAI)
    """States in which notes and attendance are written."""

    upt = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="UPT")
    cycle = models.ForeignKey("reflection.Cycle", models.PROTECT, related_name="sessions", verbose_name=_("siklus"))
    title = models.CharField(_("judul sesi"), max_length=160)
    held_on = models.DateField(_("tanggal"))
    starts = models.TimeField(_("mulai"))
    ends = models.TimeField(_("selesai"))
    time_zone = models.CharField(_("zona waktu"), max_length=32, default="Asia/Jakarta", editable=False)
    mode = models.CharField(_("cara bertemu"), max_length=6, choices=Mode.choices)
    place = models.CharField(_("tempat atau tautan"), max_length=300)
    rtl_due_on = models.DateField(_("batas RTL"))
    state = models.CharField(_("keadaan"), max_length=11, choices=State.choices, default=State.DISIAPKAN)
    state_reason = models.CharField(_("alasan"), max_length=300, blank=True)

    background = models.TextField(_("latar belakang"), blank=True)
    moderation = models.TextField(_("rencana fasilitasi"), blank=True)
    equipment = models.TextField(_("perlengkapan"), blank=True)
    letter_number = models.CharField(_("nomor surat"), max_length=80, blank=True)
    signatory = models.CharField(_("penanda tangan"), max_length=120, blank=True)
    signatory_title = models.CharField(_("jabatan penanda tangan"), max_length=120, blank=True)

    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
    updated_at = models.DateTimeField(_("diubah"), auto_now=True)

    class Meta:
        verbose_name = _("sesi refleksi")
        verbose_name_plural = _("sesi refleksi")
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="session_ends_after_start"),
            models.CheckConstraint(condition=Q(rtl_due_on__gte=F("held_on")), name="session_rtl_due_after"),
            models.CheckConstraint(
                condition=~Q(state="dibatalkan") | ~Q(state_reason=""), name="session_cancelled_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["path", "-held_on"], name="session_path_date")]

    def __str__(self) -> str:
        return self.title

    @property
    def open_to_notes(self) -> bool:
        return self.state in self.NOTABLE

    @property
    def over(self) -> bool:
        return self.state in (self.State.SELESAI, self.State.DIBATALKAN)

    @staticmethod
    def usual_rtl_due(held_on):
        """The day by which follow-up plans are asked for when the UPT names none."""
        return held_on + timedelta(days=RTL_DAYS)


class Facilitator(Tenant):
    """Who does what at a session: the division of tasks of the technical design (RF-2)."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="facilitators")
    name = models.CharField(_("nama"), max_length=120)
    task = models.CharField(_("tugas"), max_length=160)

    class Meta:
        verbose_name = _("petugas sesi")
        verbose_name_plural = _("petugas sesi")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["session", "name", "task"], name="facilitator_once")]

    def __str__(self) -> str:
        return f"{self.name} – {self.task}"


class ChecklistItem(Tenant):
    """One preparation of a session, ticked with who and when (RF-2; seed 002 Bab 3.B.2)."""

    class Kind(models.TextChoices):
        KAK = "kak", _("Kerangka Acuan Kegiatan (KAK)")
        FASILITASI = "fasilitasi", _("Rancangan teknis: rencana fasilitasi")
        PEMBAGIAN = "pembagian", _("Rancangan teknis: pembagian tugas")
        PERLENGKAPAN = "perlengkapan", _("Rancangan teknis: perlengkapan")
        SURAT = "surat", _("Surat-menyurat")
        KOORDINASI = "koordinasi", _("Koordinasi teknis dengan para petugas")

    session = models.ForeignKey(Session, models.CASCADE, related_name="checklist")
    kind = models.CharField(_("persiapan"), max_length=12, choices=Kind.choices)
    done_at = models.DateTimeField(_("selesai pada"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("oleh")
    )

    class Meta:
        verbose_name = _("persiapan sesi")
        verbose_name_plural = _("persiapan sesi")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "kind"], name="checklist_kind_once"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="checklist_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Note(Tenant):
    """One thing said at a session under one of the six prompts (RF-3; seed 002 Bab 3.C).

    Each note is a row of its own, so several facilitators write at once; `version` guards an edit.
    `source_kind` and `source_id` keep where a text taken over came from (RF-8).
    """

    class Prompt(models.TextChoices):
        BAIK = "baik", _("Berjalan baik")
        DITINGKATKAN = "ditingkatkan", _("Perlu ditingkatkan")
        DAMPAK = "dampak", _("Dampak untuk murid")
        TANTANGAN = "tantangan", _("Tantangan")
        RISIKO = "risiko", _("Risiko")
        MITIGASI = "mitigasi", _("Mitigasi")

    QUESTIONS = {
        Prompt.BAIK: _("Hal apa yang sudah berjalan baik selama kegiatan komunitas belajar?"),
        Prompt.DITINGKATKAN: _("Hal apa yang perlu ditingkatkan pada kegiatan berikutnya?"),
        Prompt.DAMPAK: _("Dampak apa yang terlihat dari kegiatan komunitas belajar untuk peserta didik?"),
        Prompt.TANTANGAN: _("Tantangan apa yang dihadapi selama melakukan kegiatan?"),
        Prompt.RISIKO: _("Risiko apa yang mungkin muncul pada kegiatan ke depan?"),
        Prompt.MITIGASI: _("Mitigasi apa yang bisa dilakukan untuk risiko itu?"),
    }

    class Source(models.TextChoices):
        SESI = "sesi", _("Dicatat di sesi")
        PERTEMUAN = "pertemuan", _("Refleksi pertemuan")
        UMPAN_BALIK = "umpan_balik", _("Umpan balik")

    session = models.ForeignKey(Session, models.PROTECT, related_name="notes")
    prompt = models.CharField(_("bagian"), max_length=12, choices=Prompt.choices)
    text = models.TextField(_("catatan"), max_length=2000)
    solution = models.TextField(_("ide solusi"), max_length=2000, blank=True)
    kombel = models.ForeignKey(
        "kombel.Kombel", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("dari komunitas")
    )
    kombel_name = models.CharField(_("nama komunitas"), max_length=200, blank=True, editable=False)
    risk = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="mitigations", verbose_name=_("untuk risiko")
    )
    source_kind = models.CharField(_("asal"), max_length=11, choices=Source.choices, default=Source.SESI)
    source_id = models.BigIntegerField(null=True, blank=True, editable=False)
    source_part = models.CharField(max_length=20, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(_("ditulis"), auto_now_add=True)
    updated_at = models.DateTimeField(_("diubah"), auto_now=True)

    class Meta:
        verbose_name = _("catatan sesi")
        verbose_name_plural = _("catatan sesi")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(risk=None) | Q(prompt="mitigasi"), name="note_risk_for_mitigation"),
            models.CheckConstraint(
                condition=Q(solution="") | Q(prompt="ditingkatkan"), name="note_solution_for_improvement"
            ),
            models.CheckConstraint(
                condition=Q(source_kind="sesi", source_id=None) | (~Q(source_kind="sesi") & Q(source_id__isnull=False)),
                name="note_source_named",
            ),
            models.UniqueConstraint(fields=["id", "session"], name="note_id_session"),
            # One text is taken over once, however many facilitators click.
            models.UniqueConstraint(
                fields=["session", "source_kind", "source_id", "prompt", "source_part"],
                condition=~Q(source_kind="sesi"),
                name="note_taken_over_once",
            ),
        ]
        indexes = [models.Index(fields=["session", "prompt"], name="note_session_prompt")]

    def __str__(self) -> str:
        return self.text[:60]
