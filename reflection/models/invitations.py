from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coordination.actors.models import Organisation
from coordination.actors.models.base import PathField, Tenant
from coordination.actors.transitions import Transition

from .sessions import Session


class Undangan(Tenant):
    """A session's letter to one community, delivered into the community's path (RF-1, RF-2).

    It carries its own copy of what the penggerak must know, because the UPT's rows are behind the wall
    for them; `services.sessions` keeps the copies in step. `upt_path` ties it to the session's owner.
    """

    class State(models.TextChoices):
        TERKIRIM = "terkirim", _("Belum dijawab")
        AKAN_HADIR = "akan_hadir", _("Akan hadir")
        BERHALANGAN = "berhalangan", _("Berhalangan")
        HADIR = "hadir", _("Hadir")
        TIDAK_HADIR = "tidak_hadir", _("Tidak hadir")
        DITARIK = "ditarik", _("Ditarik")

    WAITING = (State.TERKIRIM, State.AKAN_HADIR, State.BERHALANGAN)
    TRANSITIONS = {
        "accept": Transition(_("Kami akan hadir"), WAITING, State.AKAN_HADIR),
        "decline": Transition(_("Kami berhalangan"), WAITING, State.BERHALANGAN, needs_reason=True),
        "ask_again": Transition(_("Minta jawaban lagi"), WAITING, State.TERKIRIM),
        "present": Transition(_("Hadir"), (*WAITING, State.TIDAK_HADIR), State.HADIR),
        "absent": Transition(_("Tidak hadir"), (*WAITING, State.HADIR), State.TIDAK_HADIR),
        "withdraw": Transition(_("Tarik undangan"), WAITING, State.DITARIK),
        "invite_again": Transition(_("Undang lagi"), (State.DITARIK,), State.TERKIRIM),
    }
    COPIED = (
        "title",
        "held_on",
        "starts",
        "ends",
        "time_zone",
        "mode",
        "place",
        "rtl_due_on",
        "letter_number",
        "signatory",
        "signatory_title",
    )
    """What is copied from the session, by the same names."""

    kombel = models.ForeignKey("kombel.Kombel", models.PROTECT, related_name="+", verbose_name=_("komunitas"))
    session = models.ForeignKey(Session, models.PROTECT, related_name="undangan", verbose_name=_("sesi"))
    upt = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="UPT")
    upt_path = PathField(verbose_name=_("alamat wewenang UPT"))
    upt_name = models.CharField(_("nama UPT"), max_length=160)
    title = models.CharField(_("judul sesi"), max_length=160)
    held_on = models.DateField(_("tanggal"))
    starts = models.TimeField(_("mulai"))
    ends = models.TimeField(_("selesai"))
    time_zone = models.CharField(_("zona waktu"), max_length=32)
    mode = models.CharField(_("cara bertemu"), max_length=6, choices=Session.Mode.choices)
    place = models.CharField(_("tempat atau tautan"), max_length=300)
    rtl_due_on = models.DateField(_("batas RTL"))
    letter_number = models.CharField(_("nomor surat"), max_length=80, blank=True)
    signatory = models.CharField(_("penanda tangan"), max_length=120, blank=True)
    signatory_title = models.CharField(_("jabatan penanda tangan"), max_length=120, blank=True)
    session_state = models.CharField(_("keadaan sesi"), max_length=11, choices=Session.State.choices)
    session_reason = models.CharField(_("alasan pembatalan"), max_length=300, blank=True)
    moved_at = models.DateTimeField(_("jadwal diubah"), null=True, blank=True)

    state = models.CharField(_("jawaban"), max_length=11, choices=State.choices, default=State.TERKIRIM)
    # What was answered stays when attendance overwrites the state.
    coming = models.BooleanField(_("menjawab akan hadir"), null=True, editable=False)
    answer_note = models.CharField(_("keterangan"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("dijawab pada"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("oleh")
    )
    sent_at = models.DateTimeField(_("dikirim"), auto_now_add=True)

    class Meta:
        verbose_name = _("undangan sesi")
        verbose_name_plural = _("undangan sesi")
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "kombel"], name="undangan_once"),
            models.CheckConstraint(
                condition=~Q(state="berhalangan") | ~Q(answer_note=""), name="undangan_declined_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["path", "-held_on"], name="undangan_path_date")]

    def __str__(self) -> str:
        return self.title

    @property
    def open_to_answer(self) -> bool:
        return self.state in self.WAITING and self.session_state in (
            Session.State.DISIAPKAN,
            Session.State.BERLANGSUNG,
        )

    @property
    def open_to_feedback(self) -> bool:
        """Feedback is collected before the session, and may still come in while it runs (RF-1)."""
        return self.state != self.State.DITARIK and self.session_state in (
            Session.State.DISIAPKAN,
            Session.State.BERLANGSUNG,
        )


class Feedback(Tenant):
    """What pupils, teachers or the principal say of a community, collected before a session (RF-1; Bab 3.B.1)."""

    class Giver(models.TextChoices):
        MURID = "murid", _("Murid")
        GURU = "guru", _("Guru")
        KS = "ks", _("Kepala sekolah")

    TOPICS = ("impact_pupils", "impact_teachers", "proposals")

    undangan = models.ForeignKey(Undangan, models.CASCADE, related_name="feedback")
    giver = models.CharField(_("dari siapa"), max_length=5, choices=Giver.choices)
    people = models.PositiveSmallIntegerField(_("jumlah orang yang ditanya"), null=True, blank=True)
    impact_pupils = models.TextField(_("dampak untuk murid"), max_length=2000, blank=True)
    impact_teachers = models.TextField(_("dampak untuk guru dan kepala sekolah"), max_length=2000, blank=True)
    proposals = models.TextField(_("usulan kegiatan"), max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(_("ditulis"), auto_now_add=True)
    updated_at = models.DateTimeField(_("diubah"), auto_now=True)

    class Meta:
        verbose_name = _("umpan balik")
        verbose_name_plural = _("umpan balik")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(impact_pupils="") | ~Q(impact_teachers="") | ~Q(proposals=""), name="feedback_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.get_giver_display()
