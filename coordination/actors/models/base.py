"""What every tenant model shares: its path, and a manager that asks the policy who sees it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TenantQuerySet(models.QuerySet):
    def visible_to(self, actor):
        """The rows `actor` may see, as the model's policy says; the database's wall stands behind it."""
        from ..policies.base import policy_for

        return policy_for(self.model).visible_to(actor, self)


class PathField(models.CharField):
    """The column that says who answers for a row; collation "C" because areas are ranges of bytes."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 80)
        kwargs["db_collation"] = "C"
        kwargs.setdefault("editable", False)
        kwargs.setdefault("verbose_name", _("alamat wewenang"))
        super().__init__(*args, **kwargs)


class Tenant(models.Model):
    """A row behind the wall; its migration must `Enclose` it."""

    path = PathField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        abstract = True
