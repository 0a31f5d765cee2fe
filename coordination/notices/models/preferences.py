from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.actors.models.base import TenantQuerySet


class Preference(models.Model):
    """How one person wants to be told; without a row: in Indonesian, every kind by e-mail too."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    language = models.CharField(_("bahasa surel"), max_length=5, choices=settings.LANGUAGES, default="id")
    mail_off = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("tanpa surel"))

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengaturan pemberitahuan")
        verbose_name_plural = _("pengaturan pemberitahuan")

    def __str__(self) -> str:
        return f"{self.user_id} {self.language}"
