"""Drafts of forms on the server: kept while somebody types, dropped when the form is sent."""

from datetime import timedelta

from django.utils import timezone

from ..actor import Actor
from ..models import Draft
from ..policies import DraftPolicy

KEEP_FOR = timedelta(days=60)


def keep_draft(*, actor: Actor, key: str, version: int, fields: dict[str, list[str]]) -> Draft:
    """Keep what was typed over what was kept before; the caller has opened the object's door."""
    DraftPolicy.require(actor, "change", Draft(user=actor.user, key=key))
    draft, _created = Draft.objects.update_or_create(
        user=actor.user, key=key, defaults={"version": version, "fields": fields}
    )
    return draft


def drop_draft(*, actor: Actor, key: str) -> None:
    """Forget a draft: its form was sent, or its owner threw it away."""
    DraftPolicy.require(actor, "change", Draft(user=actor.user, key=key))
    Draft.objects.filter(user=actor.user, key=key).delete()


def prune_drafts() -> int:
    """Remove drafts nobody has touched for two months; runs in the portal's own scope."""
    removed, _by_model = Draft.objects.filter(saved_at__lt=timezone.now() - KEEP_FOR).delete()
    return removed
