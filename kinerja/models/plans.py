from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.actors.models import School, User
from coordination.actors.models.base import Tenant
from coordination.actors.transitions import Transition

from ..rules.pack import Pack
from .base import OfPlan
from .packs import Period, RulePack


class SectionCode(models.TextChoices):
    """The four parts a teacher fills in; the fifth step is the summary (PK-3)."""

    PRAKTIK = "praktik", _("Praktik pembelajaran")
    KOMPETENSI = "kompetensi", _("Pengembangan kompetensi")
    TAMBAHAN = "tambahan", _("Tugas tambahan")
    PERILAKU = "perilaku", _("Perilaku kerja")


class Plan(Tenant):
    """An employee's performance plan for a period, or for their part of it at one school (PK-1 to PK-3).

    The row is seen by its owner, by the principal of its school and, for a principal's own plan, by the Dinas
    that answers for the school; everybody else reads the tallies. `school_name` and `npsn` are copies: who has
    moved on does not see the old school any more. `version` is the last one sent, `approved` the last one
    approved; both 0 before.
    """

    class State(models.TextChoices):
        DRAF = "draf", _("Draf")
        DIAJUKAN = "diajukan", _("Menunggu putusan")
        DIKEMBALIKAN = "dikembalikan", _("Dikembalikan")
        DISETUJUI = "disetujui", _("Berjalan")
        PERUBAHAN = "perubahan", _("Sedang diubah")
        DINILAI = "dinilai", _("Dinilai, menunggu tanggapan")
        KEBERATAN = "keberatan", _("Keberatan diajukan")
        FINAL = "final", _("Selesai")
        DIPINDAHKAN = "dipindahkan", _("Dipindahkan")

    TRANSITIONS = {
        "submit": Transition(_("Ajukan"), (State.DRAF, State.DIKEMBALIKAN, State.PERUBAHAN), State.DIAJUKAN),
        "withdraw": Transition(_("Tarik kembali"), (State.DIAJUKAN,), State.DRAF),
        "withdraw_change": Transition(_("Tarik perubahan"), (State.DIAJUKAN,), State.PERUBAHAN),
        "return": Transition(_("Kembalikan"), (State.DIAJUKAN,), State.DIKEMBALIKAN),
        "approve": Transition(_("Setujui"), (State.DIAJUKAN,), State.DISETUJUI),
        "amend": Transition(_("Ubah rencana"), (State.DISETUJUI,), State.PERUBAHAN, needs_reason=True),
        "keep": Transition(_("Batalkan perubahan"), (State.PERUBAHAN, State.DIKEMBALIKAN), State.DISETUJUI),
        "rate": Transition(_("Simpan penilaian"), (State.DISETUJUI,), State.DINILAI),
        "object": Transition(_("Ajukan keberatan"), (State.DINILAI,), State.KEBERATAN, needs_reason=True),
        "answer": Transition(_("Jawab keberatan"), (State.KEBERATAN,), State.DINILAI, needs_reason=True),
        "finish": Transition(_("Selesaikan"), (State.DINILAI,), State.FINAL),
        "move": Transition(
            _("Pindahkan"),
            (State.DRAF, State.DIAJUKAN, State.DIKEMBALIKAN, State.DISETUJUI, State.PERUBAHAN),
            State.DIPINDAHKAN,
        ),
    }
    """Who may do each is said by PlanPolicy, when by `kinerja.gates`; drawn in docs/kinerja/alur.md.

    `move` is the portal's own (services/moves.py); an approved plan is moved only before its first day.
    """

    WRITABLE = (State.DRAF, State.DIKEMBALIKAN, State.PERUBAHAN)
    RATED = (State.DINILAI, State.KEBERATAN, State.FINAL)
    OPEN = (*WRITABLE, State.DIAJUKAN, State.DISETUJUI)
    """Where a plan still goes on; what was rated stays as it is."""
    RUNNING = Q(approved__gt=0, state__in=OPEN)
    """The rows of which `is_running` is true."""

    owner = models.ForeignKey(User, models.PROTECT, related_name="plans", verbose_name=_("pegawai"))
    of_principal = models.BooleanField(_("rencana kepala sekolah"), default=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", verbose_name=_("sekolah"))
    school_name = models.CharField(_("nama sekolah"), max_length=160)
    npsn = models.CharField("NPSN", max_length=8)
    jenjang = models.CharField(_("jenjang"), max_length=4)
    period = models.ForeignKey(Period, models.PROTECT, related_name="plans", verbose_name=_("periode"))
    pack = models.ForeignKey(RulePack, models.PROTECT, related_name="plans", verbose_name=_("paket aturan"))
    starts = models.DateField(_("mulai"))
    until = models.DateField(_("sampai"))
    nip = models.CharField("NIP", max_length=18, blank=True)
    position = models.CharField(_("jenjang jabatan"), max_length=20, blank=True)
    state = models.CharField(_("keadaan"), max_length=12, choices=State.choices, default=State.DRAF)
    open_sections = ArrayField(
        models.CharField(max_length=10, choices=SectionCode.choices), verbose_name=_("bagian terbuka")
    )
    version = models.PositiveSmallIntegerField(_("versi terkirim"), default=0)
    approved = models.PositiveSmallIntegerField(_("versi disetujui"), default=0)
    indicator = models.CharField(_("indikator"), max_length=40, blank=True)
    points = models.PositiveSmallIntegerField(_("poin terkirim"), default=0)
    least = models.PositiveSmallIntegerField(_("poin paling sedikit"), null=True, blank=True)
    most = models.PositiveSmallIntegerField(_("poin paling banyak"), null=True, blank=True)
    under_reason = models.CharField(_("alasan di bawah batas"), max_length=500, blank=True)
    change_reason = models.CharField(_("alasan perubahan"), max_length=500, blank=True)
    predicate = models.CharField(_("predikat"), max_length=20, blank=True)
    submitted_at = models.DateTimeField(_("diajukan pada"), null=True, blank=True)
    decided_at = models.DateTimeField(_("diputuskan pada"), null=True, blank=True)
    rated_at = models.DateTimeField(_("dinilai pada"), null=True, blank=True)
    final_at = models.DateTimeField(_("selesai pada"), null=True, blank=True)
    started_at = models.DateTimeField(_("dimulai pada"), auto_now_add=True)

    class Meta:
        verbose_name = _("rencana kinerja")
        verbose_name_plural = _("rencana kinerja")
        ordering = ["-starts", "-id"]
        indexes = [
            models.Index(fields=["owner", "period"], name="plan_owner_period"),
            models.Index(fields=["path", "state", "submitted_at"], name="plan_queue"),
            models.Index(fields=["state", "until"], name="plan_state_until"),
            models.Index(fields=["rated_at"], condition=Q(state="dinilai"), name="plan_window"),
            models.Index(fields=["path", "id"], condition=Q(state="dinilai"), name="plan_rated"),
            models.Index(fields=["path", "state"], condition=Q(of_principal=True), name="plan_of_principals"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "period", "school", "of_principal"],
                condition=~Q(state="dipindahkan"),
                name="plan_once_a_period",
            ),
            models.CheckConstraint(condition=Q(until__gte=F("starts")), name="plan_ends_after_start"),
            models.CheckConstraint(condition=Q(approved__lte=F("version")), name="plan_approves_what_was_sent"),
            models.CheckConstraint(
                condition=~Q(state__in=["diajukan", "dikembalikan", "disetujui", "dinilai", "keberatan", "final"])
                | Q(version__gt=0),
                name="plan_sent_has_version",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["disetujui", "perubahan", "dinilai", "keberatan", "final"]) | Q(approved__gt=0),
                name="plan_runs_after_approval",
            ),
            models.CheckConstraint(
                condition=Q(state="draf") | Q(most=None) | Q(points__lte=F("most")), name="plan_points_at_most"
            ),
            models.CheckConstraint(
                condition=Q(state="draf") | Q(version=0) | Q(least=None) | Q(points__gte=F("least"))
                | ~Q(under_reason=""),
                name="plan_points_at_least_or_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["dinilai", "keberatan", "final"]) | ~Q(predicate=""),
                name="plan_rated_has_predicate",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.owner} – {self.period}"

    @cached_property
    def rules(self) -> Pack:
        """The pack this plan was begun with."""
        from ..selectors.packs import pack_of

        return pack_of(self.pack_id)

    @property
    def decider_label(self) -> str:
        """Who decides, observes and rates, in words within a sentence."""
        return gettext("Dinas yang menaungi sekolah") if self.of_principal else gettext("kepala sekolah")

    @property
    def is_writable(self) -> bool:
        return self.state in self.WRITABLE

    def is_open(self, section: str) -> bool:
        """Whether a section can be written now; after a return only the noted ones can."""
        return self.is_writable and section in self.open_sections

    @property
    def is_running(self) -> bool:
        """Approved once and not yet rated: evidence and observation go on, also while a change waits."""
        return self.approved > 0 and self.state in self.OPEN

    def is_partial(self) -> bool:
        """Whether it covers only a part of its period (a transfer split it)."""
        return (self.starts, self.until) != (self.period.starts, self.period.ends)


class Section(OfPlan):
    """One part of the draft as it stands; `version` is what an edit was based on.

    `content` by code: praktik {"indicator"}; kompetensi {"items": {"1": packages}, "under_reason"};
    tambahan {"items": {"19": {"sk_number", "sk_date", "report"}}};
    perilaku {"values": {"akuntabel": {"behaviours": [text], "how"}}}.
    """

    code = models.CharField(_("bagian"), max_length=10, choices=SectionCode.choices)
    content = models.JSONField(_("isi"), default=dict)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(_("diubah"), auto_now=True)

    class Meta:
        verbose_name = _("bagian rencana")
        verbose_name_plural = _("bagian rencana")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="section_once")]

    def __str__(self) -> str:
        return self.get_code_display()


class PlanVersion(OfPlan):
    """What was sent, word for word; never changed (no role has the right to)."""

    number = models.PositiveSmallIntegerField(_("versi"))
    content = models.JSONField(_("isi"))
    points = models.PositiveSmallIntegerField(_("poin"))
    at = models.DateTimeField(_("dikirim"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("oleh"))

    class Meta:
        verbose_name = _("versi rencana")
        verbose_name_plural = _("versi rencana")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number}"


class PlanEvent(OfPlan):
    """What happened to a plan, by whom and why; the timeline, and the history of a table that is closed to others.

    `verb` is a name of Plan.TRANSITIONS, or "begin", "split" or "arrive"; `notes` maps a section to the
    principal's words on it.
    """

    verb = models.CharField(_("kejadian"), max_length=16)
    number = models.PositiveSmallIntegerField(_("versi"))
    reason = models.CharField(_("alasan"), max_length=500, blank=True)
    notes = models.JSONField(_("catatan per bagian"), default=dict)
    at = models.DateTimeField(_("waktu"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("oleh"))
    by_role = models.CharField(_("sebagai"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("kejadian rencana")
        verbose_name_plural = _("kejadian rencana")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], condition=Q(verb__in=["approve", "return"]), name="plan_decided_once"
            ),
            models.UniqueConstraint(fields=["plan", "number"], condition=Q(verb="submit"), name="plan_submitted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.verb}"
