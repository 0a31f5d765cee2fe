"""Asking for an SKP to be sent to e-Kinerja; the sending itself is `dispatch`."""

from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from coordination.actors.actor import Actor

from ..connectors.ekinerja import TEMPORARY
from ..gates import require_open
from ..models import Plan, SkpDelivery, belongs
from ..selectors.deliveries import last_delivery
from .lifecycle import locked


def send_skp(*, actor: Actor, plan: Plan) -> SkpDelivery:
    """Queue a final plan's SKP, the first time or again after a failure; its owner or who decides about it asks.

    One that was never answered keeps its key, because it may have arrived; one that was refused gets a new key,
    because its content will be another. Raises NotAllowed, or Refusal saying what locks it.
    """
    with transaction.atomic():
        held = locked(plan)
        require_open("send", held, actor)
        last, now = last_delivery(held), timezone.now()
        if last is None or was_refused(last):
            return SkpDelivery.objects.create(**belongs(held), key=uuid4(), next_at=now, asked_by=actor.user)
        last.state, last.attempts, last.next_at, last.asked_by = SkpDelivery.State.MENUNGGU, 0, now, actor.user
        last.problem = last.mend = ""
        last.save(update_fields=["state", "attempts", "next_at", "asked_by", "problem", "mend"])
        return last


def queue_automatically(*, plan: Plan) -> SkpDelivery | None:
    """Queue a plan that has just become final, where the portal is set to do so; without a NIP it is left alone.

    Call it in the transaction that makes the plan final.
    """
    if not (settings.EKINERJA_AUTOMATIC and settings.EKINERJA_URL and plan.nip):
        return None
    return SkpDelivery.objects.create(**belongs(plan), key=uuid4(), next_at=timezone.now())


def was_refused(delivery: SkpDelivery) -> bool:
    """Whether the receiver read it and said no, so that it certainly has no SKP under this key."""
    return delivery.status is not None and 300 <= delivery.status < 500 and delivery.status not in TEMPORARY
