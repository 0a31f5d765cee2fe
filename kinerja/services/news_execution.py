"""What the two sides of an observation tell each other (PK-9)."""

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from coordination.actors.actor import Actor
from coordination.notices.audience import Audience
from coordination.notices.services import notify

from ..models import Observation, Plan
from .news_decision import deciders

NEWS = {
    "propose": ("observation_date", noop("%(who)s mengusulkan observasi pada %(day)s")),
    "agree": ("observation_date", noop("%(who)s menyepakati observasi pada %(day)s")),
    "observe": ("observation_noted", noop("Hasil observasi %(day)s sudah dicatat")),
    "reflect": ("observation_reflected", noop("%(who)s menulis refleksi setelah observasi %(day)s")),
}
"""The steps the other side waits for: the kind of the notice, and its subject."""


def tell_other_side(*, actor: Actor, plan: Plan, observation: Observation, step: str) -> None:
    """Tell the owner what the observer did and the observer what the owner did; once for each version."""
    if step not in NEWS:
        return
    kind, subject = NEWS[step]
    day = observation.observed_on if step == "observe" else observation.held_on
    notify(
        actor=actor,
        kind=kind,
        period=f"observation:{plan.pk}:{observation.version}",
        to=[deciders(plan) if actor.user.pk == plan.owner_id else Audience(users=(plan.owner_id,))],
        subject=subject,
        context={"who": str(actor.user), "day": day},
        url=reverse("kinerja:observation", args=[plan.pk]),
    )
