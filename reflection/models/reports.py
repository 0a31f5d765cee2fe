from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from coordination.actors.models import Organisation, User
from coordination.actors.models.base import Tenant
from coordination.actors.transitions import Transition

from .cycles import Cycle, Obligation

RANKS = (1, 2, 3, 4, 5)
"""Five priorities a component (seed 002, Bab 3.E)."""


class Kind(models.TextChoices):
    """The six components of the report, in the words of seed 002, Bab 3.E."""

    BAIK = "baik", _("Rangkuman hal yang sudah baik")
    DITINGKATKAN = "ditingkatkan", _("Rangkuman hal yang perlu ditingkatkan")
    DAMPAK = "dampak", _("Rangkuman dampak komunitas belajar untuk peserta didik, guru dan kepala sekolah")
    RTL = "rtl", _("Rencana tindak lanjut hasil refleksi")
    RISIKO = "risiko", _("Daftar risiko yang mungkin terjadi")
    MITIGASI = "mitigasi", _("Mitigasi yang dapat dilakukan untuk mengatasi kemungkinan risiko")

    @property
    def short(self) -> str:
        return str(SHORT[self])

    @property
    def number(self) -> int:
        return list(Kind).index(self) + 1


SHORT = {
    Kind.BAIK: _("Sudah baik"),
    Kind.DITINGKATKAN: _("Perlu ditingkatkan"),
    Kind.DAMPAK: _("Dampak"),
    Kind.RTL: _("Rencana tindak lanjut"),
    Kind.RISIKO: _("Risiko"),
    Kind.MITIGASI: _("Mitigasi"),
}


class Report(Tenant):
    """The two-monthly report of a UPT to Pusat (RF-6); it shares the key of the duty it fulfils.

    The draft (components, priorities) belongs to the UPT alone; Pusat reads the versions it was sent.
    """

    class State(models.TextChoices):
        DRAF = "draf", _("Draf")
        DIKIRIM = "dikirim", _("Dikirim")
        DIKEMBALIKAN = "dikembalikan", _("Dikembalikan")
        DITERIMA = "diterima", _("Diterima")

    TRANSITIONS = {
        "submit": Transition(_("Kirim ke Pusat"), (State.DRAF, State.DIKEMBALIKAN), State.DIKIRIM),
        "return": Transition(_("Kembalikan"), (State.DIKIRIM,), State.DIKEMBALIKAN),
        "accept": Transition(_("Terima"), (State.DIKIRIM,), State.DITERIMA),
        "reopen": Transition(_("Buka kembali"), (State.DITERIMA,), State.DIKEMBALIKAN, needs_reason=True),
    }
    """Who may do each is said by ReportPolicy; drawn in docs/laporan.md."""

    # Sharing the key lets one granted id open the duty and the report alike (tenancy, portal_grant).
    obligation = models.OneToOneField(
        Obligation, models.PROTECT, primary_key=True, db_column="id", related_name="report", verbose_name=_("kewajiban")
    )
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="reports", verbose_name=_("siklus"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("UPT"))
    pj = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("penanggung jawab/koordinator"))
    state = models.CharField(_("keadaan"), max_length=12, choices=State.choices, default=State.DRAF)
    open_kinds = ArrayField(models.CharField(max_length=12, choices=Kind.choices), verbose_name=_("bagian terbuka"))
    version = models.PositiveSmallIntegerField(_("versi terkirim terakhir"), default=0)
    started_at = models.DateTimeField(_("dimulai"), auto_now_add=True)

    class Meta:
        verbose_name = _("laporan")
        verbose_name_plural = _("laporan")
        ordering = ["-cycle__starts", "organisation__name"]
        permissions = [("edit_report", "Can edit the draft of one report")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draf", version=0) | (~Q(state="draf") & Q(version__gt=0)),
                name="report_draft_until_sent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.cycle}"

    @property
    def is_writable(self) -> bool:
        return self.state in self.TRANSITIONS["submit"].sources

    def is_open(self, kind: str) -> bool:
        """Whether a component can be edited now; after a return only the noted ones can."""
        return self.is_writable and kind in self.open_kinds


class Collaborator(Tenant):
    """Somebody registered by e-mail to write a report (RF-7; seed 002 Bab 3.E).

    The right itself is a django-guardian grant; `user` is empty until an account with that address logs in.
    `outside` marks people of other offices, who reach this one report and nothing else.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="collaborators")
    email = models.EmailField(_("surel"), max_length=180)
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    outside = models.BooleanField(_("dari luar UPT"), default=False)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("kolaborator")
        verbose_name_plural = _("kolaborator")
        ordering = ["email"]
        constraints = [models.UniqueConstraint("report", Lower("email"), name="collaborator_once")]

    def __str__(self) -> str:
        return self.email


class PendingGrant(models.Model):
    """A grant that waits for the first login of an e-mail address without an account.

    It stands outside the wall, because the person it is for can see nothing of the UPT's yet.
    """

    email = models.EmailField(_("surel"), max_length=180)
    report_id = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("hak yang menunggu akun")
        verbose_name_plural = _("hak yang menunggu akun")
        constraints = [models.UniqueConstraint(Lower("email"), "report_id", name="pending_grant_once")]

    def __str__(self) -> str:
        return self.email


class Component(Tenant):
    """One of the six components of a draft; `version` is what an edit was based on."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="components")
    kind = models.CharField(_("bagian"), max_length=12, choices=Kind.choices)
    version = models.PositiveIntegerField(default=1)
    reason_fewer = models.CharField(_("alasan kurang dari lima"), max_length=300, blank=True)
    updated_at = models.DateTimeField(_("diubah"), auto_now=True)
    updated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("bagian laporan")
        verbose_name_plural = _("bagian laporan")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["report", "kind"], name="component_once")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Priority(Tenant):
    """One of five ranked places of a component; empty until written. Mitigation n answers risk n."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    component = models.ForeignKey(Component, models.CASCADE, related_name="priorities")
    rank = models.PositiveSmallIntegerField(_("urutan"))
    text = models.TextField(_("isi"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("prioritas")
        verbose_name_plural = _("prioritas")
        ordering = ["rank"]
        constraints = [
            # Deferred, so that two places can swap.
            models.UniqueConstraint(
                fields=["component", "rank"], deferrable=models.Deferrable.DEFERRED, name="priority_rank_once"
            ),
            models.CheckConstraint(condition=Q(rank__in=RANKS), name="priority_rank_of_five"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.text[:60]}"


class Source(Tenant):
    """Where a priority came from (RF-8): a link kept together with a copy of the words."""

    class Origin(models.TextChoices):
        MEETING = "pertemuan", _("Refleksi pertemuan")
        NOTE = "catatan", _("Catatan sesi refleksi")
        RTL = "rtl", _("RTL komunitas")
        FEEDBACK = "umpan_balik", _("Umpan balik")

    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    priority = models.ForeignKey(Priority, models.CASCADE, related_name="sources")
    origin = models.CharField(_("asal"), max_length=11, choices=Origin.choices)
    # No foreign keys: the copy outlives what it was copied from, and its reader may not see the original.
    ref_id = models.BigIntegerField()
    part = models.CharField(_("pertanyaan"), max_length=20, blank=True)
    kombel_name = models.CharField(_("komunitas"), max_length=200, blank=True)
    held_on = models.DateField(_("tanggal"), null=True, blank=True)
    excerpt = models.TextField(_("kutipan"), max_length=2000)

    class Meta:
        verbose_name = _("sumber")
        verbose_name_plural = _("sumber")
        ordering = ["held_on", "id"]
        constraints = [models.UniqueConstraint(fields=["priority", "origin", "ref_id", "part"], name="source_once")]

    def __str__(self) -> str:
        return self.excerpt[:60]


class ReportVersion(Tenant):
    """What was sent, word for word; never changed (the database grants no role UPDATE or DELETE).

    `content`: {"upt", "cycle", "pj", "collaborators", "components": [{"kind", "reason", "priorities":
    [{"rank", "text", "sources": [{"origin", "ref", "part", "kombel", "held_on", "excerpt"}]}]}]}.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("versi"))
    content = models.JSONField(_("isi"))
    submitted_at = models.DateTimeField(_("dikirim"))
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("oleh"))

    class Meta:
        verbose_name = _("versi laporan")
        verbose_name_plural = _("versi laporan")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_version_once")]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"


class ReportedPriority(Tenant):
    """A priority of the version in force, as a row of its own for the recap's search and counts (RF-10)."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="reported")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("versi"))
    kind = models.CharField(_("bagian"), max_length=12, choices=Kind.choices)
    rank = models.PositiveSmallIntegerField(_("urutan"))
    text = models.TextField(_("isi"))
    sources = models.PositiveIntegerField(_("jumlah sumber"), default=0)
    communities = models.PositiveIntegerField(_("jumlah komunitas"), default=0)

    class Meta:
        verbose_name = _("prioritas terkirim")
        verbose_name_plural = _("prioritas terkirim")
        ordering = ["kind", "organisation__name", "rank"]
        constraints = [models.UniqueConstraint(fields=["report", "kind", "rank"], name="reported_once")]
        indexes = [
            models.Index(fields=["cycle", "kind"], name="reported_cycle_kind"),
            GinIndex(SearchVector("text", config="simple"), name="reported_words"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.text[:60]}"


class Decision(Tenant):
    """What Pusat decided of a version: accepted, returned with comments per component, or reopened."""

    class Verb(models.TextChoices):
        RETURN = "return", _("Dikembalikan")
        ACCEPT = "accept", _("Diterima")
        REOPEN = "reopen", _("Dibuka kembali")

    report = models.ForeignKey(Report, models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField(_("versi"))
    verb = models.CharField(_("putusan"), max_length=6, choices=Verb.choices)
    reason = models.CharField(_("alasan"), max_length=500, blank=True)
    comments = models.JSONField(_("catatan per bagian"), default=dict)
    decided_at = models.DateTimeField(_("waktu"))
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("oleh"))

    class Meta:
        verbose_name = _("putusan")
        verbose_name_plural = _("putusan")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(verb="reopen") | ~Q(reason=""), name="decision_reopened_with_reason")
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.report_id}/{self.number}"
