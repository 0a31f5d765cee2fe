from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class RulePack(models.Model):
    """The numbers and conditions for kombel, with the days they hold; another pack is data, not code.

    `rules` is described in docs/kombel.md; `services.rules.check_rules` refuses a pack that lacks one.
    """

    pusat_decides = True

    code = models.SlugField(_("kode"), max_length=40, unique=True)
    name = models.CharField(_("nama"), max_length=120)
    source = models.CharField(_("sumber"), max_length=200)
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    rules = models.JSONField(_("aturan"))

    class Meta:
        verbose_name = _("paket aturan komunitas")
        verbose_name_plural = _("paket aturan komunitas")
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="kombel_pack_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.name
