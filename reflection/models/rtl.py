from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coordination.actors.models.base import Tenant
from coordination.actors.transitions import Transition

from .invitations import Undangan


class Rtl(Tenant):
    """The follow-up plan of a community that took part in a session (RF-5; seed 002 Bab 3.D)."""

    class State(models.TextChoices):
        DRAF = "draf", _("Draf")
        DIKIRIM = "dikirim", _("Dikirim")

    TRANSITIONS = {
        "send": Transition(_("Kirim RTL"), (State.DRAF,), State.DIKIRIM),
        "reopen": Transition(_("Perbaiki RTL"), (State.DIKIRIM,), State.DRAF, needs_reason=True),
    }

    undangan = models.OneToOneField(Undangan, models.PROTECT, related_name="rtl", verbose_name=_("undangan"))
    due_on = models.DateField(_("batas pengiriman"))
    state = models.CharField(_("keadaan"), max_length=7, choices=State.choices, default=State.DRAF)
    sent_at = models.DateTimeField(_("dikirim pada"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("oleh")
    )
    on_behalf = models.BooleanField(_("diisikan oleh UPT"), default=False)
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)

    class Meta:
        verbose_name = "RTL"
        verbose_name_plural = "RTL"
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draf", sent_at=None) | Q(state="dikirim", sent_at__isnull=False),
                name="rtl_sent_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["path", "due_on"], name="rtl_path_due")]

    def __str__(self) -> str:
        return f"RTL {self.undangan_id}"

    @property
    def editable(self) -> bool:
        return self.state == self.State.DRAF

    def late(self, today) -> bool:
        return self.state == self.State.DRAF and self.due_on < today


class RtlItem(Tenant):
    """One activity of a follow-up plan, in the set format, with its progress after sending."""

    class Progress(models.TextChoices):
        BELUM = "belum", _("Belum mulai")
        BERJALAN = "berjalan", _("Berjalan")
        SELESAI = "selesai", _("Selesai")

    rtl = models.ForeignKey(Rtl, models.CASCADE, related_name="items")
    activity = models.CharField(_("kegiatan"), max_length=300)
    aim = models.CharField(_("tujuan dan sasaran"), max_length=500)
    responsible = models.CharField(_("penanggung jawab"), max_length=160)
    due_on = models.DateField(_("waktu (selesai paling lambat)"))
    indicator = models.CharField(_("indikator keberhasilan"), max_length=500)
    support = models.CharField(_("dukungan yang dibutuhkan"), max_length=500, blank=True)
    progress = models.CharField(_("kemajuan"), max_length=8, choices=Progress.choices, default=Progress.BELUM)
    progress_note = models.CharField(_("catatan kemajuan"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(_("diubah"), auto_now=True)

    class Meta:
        verbose_name = _("kegiatan RTL")
        verbose_name_plural = _("kegiatan RTL")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.activity

    def late(self, today) -> bool:
        return self.progress != self.Progress.SELESAI and self.due_on < today
