import secrets
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ..actor import Actor
from ..errors import Refusal
from ..models import ApiToken
from ..tokens import digest


def make_token(*, actor: Actor, name: str, days: int) -> str:
    """Make a token for the role the actor acts as; returns its secret, which is never shown again."""
    if actor.acting is None:
        raise Refusal(_("Anda belum memegang peran, jadi token tidak membuka apa pun."))
    secret = f"ikm_{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(
        user=actor.user,
        membership_id=actor.acting.id,
        name=name,
        digest=digest(secret),
        expires_at=timezone.now() + timedelta(days=days),
    )
    return secret


def revoke_token(*, actor: Actor, token: ApiToken) -> None:
    """Take a token out of force from now on."""
    ApiToken.objects.filter(pk=token.pk, user=actor.user, revoked_at=None).update(revoked_at=timezone.now())
