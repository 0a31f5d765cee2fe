from datetime import time

from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal

from ..models import Kombel, Schedule
from ..policies import KombelPolicy


def add_schedule(
    *,
    actor: Actor,
    kombel: Kombel,
    purpose: str,
    every: int,
    unit: str,
    weekday: int,
    starts: time,
    ends: time,
    mode: str,
    place: str = "",
) -> Schedule:
    """Add a routine; one that falls short of KB-3 or KB-4 is kept and shown as falling short."""
    KombelPolicy.require(actor, "manage", kombel)
    if ends <= starts:
        raise Refusal(_("Jam selesai harus sesudah jam mulai."))
    return Schedule.objects.create(
        kombel=kombel,
        path=kombel.path,
        purpose=purpose,
        every=every,
        unit=unit,
        weekday=weekday,
        starts=starts,
        ends=ends,
        mode=mode,
        place=place.strip(),
    )


def remove_schedule(*, actor: Actor, schedule: Schedule) -> None:
    """Drop a routine; its history stays in the record of changes."""
    KombelPolicy.require(actor, "manage", schedule.kombel)
    schedule.delete()
