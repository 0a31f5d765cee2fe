from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import TenantQuerySet
from .people import User


class Draft(models.Model):
    """What somebody has typed into a form and not sent yet; theirs alone, and removed when the form is sent.

    `key` names the form and its object; `version` is the object's version that was read, so that sending an old
    draft ends on the page with both versions.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=0)
    fields = models.JSONField(_("isian"), default=dict)
    saved_at = models.DateTimeField(_("disimpan"), auto_now=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = _("draf formulir")
        verbose_name_plural = _("draf formulir")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="draft_once")]
        indexes = [models.Index(fields=["saved_at"], name="draft_saved_at")]

    def __str__(self) -> str:
        return self.key
