from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.actors.models.base import Tenant


class OfPlan(Tenant):
    """A part of a plan; it carries the plan's path, owner and kind, so that the wall shows both to the same people.

    Build one with `Part(**belongs(plan), …)`.
    """

    plan = models.ForeignKey("kinerja.Plan", models.CASCADE, related_name="%(class)ss", verbose_name=_("rencana"))
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    of_principal = models.BooleanField(editable=False)

    class Meta:
        abstract = True


def belongs(plan) -> dict:
    """What every part of a plan carries."""
    return {"plan": plan, "path": plan.path, "owner_id": plan.owner_id, "of_principal": plan.of_principal}
