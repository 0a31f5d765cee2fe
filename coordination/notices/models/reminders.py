from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.actors.models.base import Tenant

from ..kinds import step_label


class Reminder(Tenant):
    """One step of a reminder rule for one matter, decided once: sent, or skipped and why.

    `anchor_on` is the day the step is counted from; a matter whose day is moved gets its steps anew.
    """

    class Outcome(models.TextChoices):
        SENT = "sent", _("dikirim")
        SKIPPED = "skipped", _("dilewati")

    class Reason(models.TextChoices):
        NONE = "", ""
        OVERTAKEN = "overtaken", _("yang lebih mendesak sudah waktunya")
        PAST = "past", _("sudah tidak berlaku")
        NOBODY = "nobody", _("tidak ada penerima yang punya akun")

    topic = models.CharField(_("perkara"), max_length=60)
    step = models.CharField(_("langkah"), max_length=30)
    anchor_on = models.DateField(_("dihitung dari"))
    about = models.CharField(_("tentang"), max_length=250)
    planned_at = models.DateTimeField(_("waktunya"))
    decided_at = models.DateTimeField(_("diputuskan"))
    outcome = models.CharField(_("hasil"), max_length=7, choices=Outcome.choices)
    reason = models.CharField(_("sebab"), max_length=10, choices=Reason.choices, blank=True)

    class Meta:
        verbose_name = _("pengingat")
        verbose_name_plural = _("pengingat")
        ordering = ["-decided_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["topic", "step", "anchor_on"], name="reminder_once")]
        indexes = [models.Index(fields=["-decided_at", "-id"], name="reminder_latest")]

    @property
    def step_label(self) -> str:
        """The step in words, as the app that owns the rule has registered it."""
        return str(step_label(self.step))

    def __str__(self) -> str:
        return f"{self.topic} {self.step} {self.outcome}"
