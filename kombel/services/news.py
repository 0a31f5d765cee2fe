"""What kombel tells people at once; what comes with time is in reminders.py."""

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from coordination.actors.actor import Actor
from coordination.notices.audience import Audience
from coordination.notices.services import notify

from ..models import Leader


def tell_leader(*, actor: Actor, leader: Leader) -> None:
    """Tell a new penggerak of the kombel they lead, and where its meetings are documented (KB-5)."""
    notify(
        actor=actor,
        kind="kombel_leader",
        period=f"leader:{leader.pk}",
        to=[Audience(users=(leader.user_id,))],
        subject=noop("Anda penggerak komunitas %(name)s"),
        body=noop("Jadwal, anggota, dan catatan pertemuannya ada di halaman komunitas."),
        context={"name": leader.kombel.name},
        url=reverse("kombel:detail", args=[leader.kombel_id]),
    )
