"""What waits for whoever decides, as counts in one statement."""

from datetime import date

from django.db.models import Count, Exists, F, Min, OuterRef, Q

from coordination.actors.actor import Actor
from coordination.actors.models import Membership, Role

from ..models import Observation, Period, Plan
from .packs import period_on

Seen = Observation.State


def waiting_counts(actor: Actor) -> dict:
    """How much of each kind waits: decisions with the oldest moment, observation steps, ratings and answers."""
    rows = Plan.objects.visible_to(actor).exclude(owner_id=actor.user.pk)
    if actor.role == Role.KEPSEK:
        rows = rows.filter(path=actor.acting.path, of_principal=False)
    today = actor.today()
    sent = Q(state=Plan.State.DIAJUKAN)
    rate = Q(state=Plan.State.DISETUJUI, period__assess_opens__lte=today)
    return rows.exclude(state__in=(Plan.State.DRAF, Plan.State.FINAL, Plan.State.DIPINDAHKAN)).aggregate(
        decide=Count("pk", filter=sent),
        oldest=Min("submitted_at", filter=sent),
        observe=Count("pk", filter=Plan.RUNNING & _observation_is_theirs(today)),
        rate=Count("pk", filter=rate),
        rate_due=Min("period__assess_due", filter=rate),
        answer=Count("pk", filter=Q(state=Plan.State.KEBERATAN)),
    )


def teachers_of(actor: Actor) -> tuple[Period | None, dict[str, int]]:
    """How many teachers of the principal's school have a plan of the present period, and how many have none."""
    today = actor.today()
    period = period_on(today)
    if period is None:
        return None, {}
    begun = Plan.objects.visible_to(actor).filter(
        owner=OuterRef("user"), period=period, path=actor.acting.path, of_principal=False
    )
    rows = Membership.objects.visible_to(actor).filter(path=actor.acting.path, role=Role.GURU, starts__lte=today)
    present = rows.filter(Q(until=None) | Q(until__gte=today)).annotate(has=Exists(begun))
    return period, present.aggregate(
        having=Count("user", filter=Q(has=True), distinct=True),
        lacking=Count("user", filter=Q(has=False), distinct=True),
    )


def _observation_is_theirs(today: date) -> Q:
    asked = Q(observations__state=Seen.DIUSULKAN, observations__proposed_by=F("owner"))
    talk = Q(observations__state__in=(Seen.DISEPAKATI, Seen.DIAMATI))
    return asked | talk | Q(observations__state=Seen.DISIAPKAN, observations__held_on__lte=today)
