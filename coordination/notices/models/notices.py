from urllib.parse import urlparse

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from coordination.actors.models.base import TenantQuerySet

from ..wording import fill


class Channel(models.TextChoices):
    APP = "app", _("di portal")
    MAIL = "mail", _("surel")


class State(models.TextChoices):
    """Where a notice is on its way; TRANSITIONS says which step may follow which."""

    PENDING = "pending", _("menunggu")
    CLAIMED = "claimed", _("disiapkan")
    SENDING = "sending", _("sedang dikirim")
    SENT = "sent", _("terkirim")
    DOUBTFUL = "doubtful", _("belum pasti terkirim")
    FAILED = "failed", _("gagal")
    SKIPPED = "skipped", _("tidak dikirim")


TRANSITIONS = {
    State.PENDING: {State.CLAIMED},
    State.CLAIMED: {State.PENDING, State.SENDING, State.SKIPPED, State.FAILED},
    State.SENDING: {State.SENT, State.PENDING, State.FAILED, State.DOUBTFUL},
    # Somebody has to look: by hand, or by the sender itself when it comes back late with the answer.
    State.DOUBTFUL: {State.SENT, State.PENDING, State.FAILED, State.SKIPPED},
    State.FAILED: {State.PENDING, State.SKIPPED},
    State.SENT: set(),
    State.SKIPPED: set(),
}
TROUBLED = (State.FAILED, State.DOUBTFUL)


class Notice(models.Model):
    """One thing said to one person by one channel; the unique key is what makes it exactly once.

    `subject` and `body` are kept as gettext source texts with `context`, so each reader gets their language.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("penerima")
    )
    kind = models.CharField(_("jenis"), max_length=40)
    period = models.CharField(_("tentang"), max_length=120)
    channel = models.CharField(_("saluran"), max_length=4, choices=Channel.choices)
    subject = models.CharField(_("judul"), max_length=300)
    body = models.TextField(_("isi"), blank=True)
    context = models.JSONField(default=dict, blank=True)
    url = models.CharField(_("alamat"), max_length=300, blank=True)
    by_id = models.BigIntegerField(null=True, editable=False)

    state = models.CharField(_("keadaan"), max_length=8, choices=State.choices, default=State.PENDING)
    due_at = models.DateTimeField(_("dikirim mulai"), db_default=Now())
    expires_at = models.DateTimeField(_("tidak berguna sesudah"), null=True, blank=True)
    lease_until = models.DateTimeField(null=True, editable=False)
    claimed_by = models.UUIDField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    reason = models.CharField(_("keterangan"), max_length=500, blank=True)
    settled_by_id = models.BigIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(_("dibuat"), db_default=Now())
    sent_at = models.DateTimeField(_("terkirim"), null=True, blank=True)
    read_at = models.DateTimeField(_("dibaca"), null=True, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = _("pemberitahuan")
        verbose_name_plural = _("pemberitahuan")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "period", "kind", "channel"], name="notice_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="notice_state_known"),
            models.CheckConstraint(condition=~Q(channel="app") | Q(state="sent"), name="notice_in_app_is_there"),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="notice_due", condition=Q(state="pending")),
            models.Index(fields=["lease_until"], name="notice_lease", condition=Q(state__in=["claimed", "sending"])),
            models.Index(fields=["user", "-id"], name="notice_inbox", condition=Q(channel="app")),
            models.Index(fields=["user"], name="notice_unread", condition=Q(channel="app", read_at__isnull=True)),
            models.Index(fields=["state", "-id"], name="notice_trouble", condition=Q(state__in=TROUBLED)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period} → {self.user_id} ({self.channel})"

    @property
    def title(self) -> str:
        """The subject in the language that is active now."""
        return fill(_now(self.subject), self.context)

    @property
    def text(self) -> str:
        """The body in the language that is active now."""
        return fill(_now(self.body), self.context) if self.body else ""

    @property
    def message_id(self) -> str:
        """The same at every attempt, so that a mailbox can recognise a second copy."""
        host = urlparse(settings.PORTAL_URL).hostname or "localhost"
        return f"<{self.created_at:%Y%m%d%H%M%S%f}.{self.pk}@{host}>"
