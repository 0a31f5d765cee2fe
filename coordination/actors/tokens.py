"""API tokens: which person and membership a secret stands for."""

import hashlib

from django.utils import timezone

from .models import ApiToken, User


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def user_of_token(header: str) -> tuple[User | None, int | None]:
    """The person and membership a `Bearer` header stands for, or (None, None)."""
    scheme, _space, secret = header.partition(" ")
    if scheme.lower() not in {"bearer", "token"} or not secret:
        return None, None
    found = (
        ApiToken.objects.select_related("user")
        .filter(
            digest=digest(secret.strip()),
            revoked_at=None,
            expires_at__gt=timezone.now(),
            user__is_active=True,
        )
        .first()
    )
    return (found.user, found.membership_id) if found else (None, None)
