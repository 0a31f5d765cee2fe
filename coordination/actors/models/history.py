from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Tenant
from .people import User


class Change(Tenant):
    """One change of one row behind the wall, written by the database itself (tenancy/history.py).

    `before` and `after` hold only the columns that changed; an insert needs neither.
    """

    class Verb(models.TextChoices):
        INSERT = "I", _("dibuat")
        UPDATE = "U", _("diubah")
        DELETE = "D", _("dihapus")

    at = models.DateTimeField(_("waktu"))
    subject = models.CharField(_("tabel"), max_length=63)
    subject_id = models.BigIntegerField(_("baris"))
    verb = models.CharField(_("perubahan"), max_length=1, choices=Verb.choices)
    before = models.JSONField(_("sebelum"), null=True)
    after = models.JSONField(_("sesudah"), null=True)
    # No foreign keys: history outlives whatever it tells of.
    user_id = models.BigIntegerField(null=True)
    membership_id = models.BigIntegerField(null=True)
    reason = models.CharField(_("alasan"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("riwayat perubahan")
        verbose_name_plural = _("riwayat perubahan")
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject", "subject_id"], name="change_subject")]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} {self.verb}"


class Once(models.Model):
    """A form's token that has been used, so that a double click makes one record."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    token = models.UUIDField()
    outcome = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("kiriman formulir")
        verbose_name_plural = _("kiriman formulir")
        constraints = [models.UniqueConstraint(fields=["user", "token"], name="once_per_token")]

    def __str__(self) -> str:
        return str(self.token)
