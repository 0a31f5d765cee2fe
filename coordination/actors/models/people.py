from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who can log in. A login gives identity only; rights come from a Membership."""

    # One name, as Indonesians have it; Django takes None as "no such column".
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("nama lengkap"), max_length=120)
    email = models.EmailField(_("surel"), max_length=180)

    REQUIRED_FIELDS = ["email", "name"]

    # What portal_memberships answered when the session's person was found; `actor_for` takes it, once.
    memberships_now: str | None = None
    # What else came along then (actors/along.py).
    along: Mapping[str, Any] = MappingProxyType({})

    class Meta:
        verbose_name = _("pengguna")
        verbose_name_plural = _("pengguna")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.username


class ApiToken(models.Model):
    """A key to the API for one membership; only its SHA-256 is kept, so it is shown once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    membership_id = models.BigIntegerField(_("peran"))
    name = models.CharField(_("dipakai untuk"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("berlaku sampai"))
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("token API")
        verbose_name_plural = _("token API")

    def __str__(self) -> str:
        return self.name
