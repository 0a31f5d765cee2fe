from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import TenantQuerySet
from .people import User

KEEP_FOR = timedelta(days=7)


class Export(models.Model):
    """A long list that is written to a file in the background, for one person in one role; kept for seven days.

    `kind` is one of `exports.kinds`, `params` what was asked for; `done` of `total` rows is the progress.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        RUNNING = "running", _("Menyiapkan")
        DONE = "done", _("Siap diunduh")
        FAILED = "failed", _("Gagal")

    RUNNING = (State.WAITING, State.RUNNING)

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    membership_id = models.BigIntegerField()
    kind = models.CharField(_("isi"), max_length=40)
    params = models.JSONField(default=dict, blank=True)
    filename = models.CharField(_("nama berkas"), max_length=120)
    file = models.CharField(_("berkas"), max_length=120, blank=True)
    state = models.CharField(_("keadaan"), max_length=7, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(_("baris"), default=0)
    done = models.PositiveIntegerField(_("baris selesai"), default=0)
    run = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("diminta"), auto_now_add=True)
    touched_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(_("selesai"), null=True, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = _("unduhan")
        verbose_name_plural = _("unduhan")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(state="done") | ~models.Q(file=""), name="export_done_has_file"),
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="export_of_user"),
            models.Index(fields=["created_at"], name="export_created"),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_running(self) -> bool:
        return self.state in self.RUNNING

    @property
    def kept_until(self):
        return self.created_at + KEEP_FOR
