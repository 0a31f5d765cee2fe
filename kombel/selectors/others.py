"""What the homes and the higher floors ask of kombel."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from coordination.actors.actor import Actor

from ..models import Kombel, Leader, Meeting, MeetingReflection, Member
from .listing import COUNT_CAP, home_region, silent
from .rules import rules_on


@dataclass(frozen=True, slots=True)
class ReflectionNote:
    """What a kombel wrote after one meeting; `id` is the reflection's, for tracing a priority back (RF-8)."""

    id: int
    kombel_id: int
    kombel_name: str
    meeting_id: int
    held_on: date
    went_well: str
    to_improve: str
    pupil_impact: str
    challenges: str
    next_step: str


def reflections_between(actor: Actor, start: date, end: date) -> list[ReflectionNote]:
    """Reflections the actor sees on meetings held from `start` to `end`, both days included, newest first."""
    rows = MeetingReflection.objects.visible_to(actor).filter(meeting__held_on__range=(start, end))
    values = rows.order_by("-meeting__held_on", "-id").values_list(
        "id",
        "meeting__kombel_id",
        "meeting__kombel__name",
        "meeting_id",
        "meeting__held_on",
        "went_well",
        "to_improve",
        "pupil_impact",
        "challenges",
        "next_step",
    )
    return [ReflectionNote(*row) for row in values]


def silent_kombel(actor: Actor) -> QuerySet[Kombel]:
    """Active kombel of the actor's area that are silent, longest first."""
    today = actor.today()
    rows = Kombel.objects.visible_to(actor).filter(**home_region(actor))
    return silent(rows, today, rules_on(today).silent_days).order_by("quiet_since", "id")


def count_silent(actor: Actor) -> int:
    """How many are silent; stops counting at 1,001."""
    return silent_kombel(actor).order_by()[: COUNT_CAP + 1].count()


def led_by(actor: Actor) -> list[Kombel]:
    """The kombel a person leads and reaches in the present role."""
    mine = Leader.objects.filter(user=actor.user, until=None).values("kombel")
    return list(Kombel.objects.visible_to(actor).filter(pk__in=mine).select_related("school"))


def meetings_of(actor: Actor, kombel_ids: list[int]) -> QuerySet[Meeting]:
    """Meetings of these kombel with their reflection, newest first."""
    rows = Meeting.objects.visible_to(actor).filter(kombel__in=kombel_ids)
    return rows.exclude(state=Meeting.State.CANCELLED).select_related("kombel", "reflection")


def meetings_to_document(actor: Actor) -> QuerySet[Meeting]:
    """Planned meetings of the kombel a person leads whose day has come, oldest first."""
    mine = Leader.objects.filter(user=actor.user, until=None).values("kombel")
    rows = Meeting.objects.visible_to(actor).filter(
        kombel__in=mine, state=Meeting.State.PLANNED, held_on__lte=actor.today()
    )
    return rows.select_related("kombel").order_by("held_on", "id")


def meetings_without_reflection(actor: Actor) -> QuerySet[Meeting]:
    """Documented meetings of the kombel a person leads that have no reflection yet, newest first."""
    mine = Leader.objects.filter(user=actor.user, until=None).values("kombel")
    rows = Meeting.objects.visible_to(actor).filter(kombel__in=mine, state=Meeting.State.DONE, reflection=None)
    return rows.select_related("kombel").order_by("-held_on", "-id")


def proposals_to_decide(actor: Actor) -> QuerySet[Kombel]:
    """Proposed kombel in the actor's area, oldest first."""
    rows = Kombel.objects.visible_to(actor).filter(**home_region(actor), state=Kombel.State.DRAFT)
    return rows.order_by("quiet_since", "id")


EXPORTED = (
    "name", "kind", "jenjang", "school__npsn", "school__name", "provinsi", "kabkota", "kecamatan", "state", "penggerak",
    "members", "registered_on", "last_meeting", "quiet_since", "contact_outcome", "contact_next",
)  # fmt: skip
"""What a file says of a kombel."""
MEETING_NEW, MEETING, REFLECTION = "pertemuan-baru", "pertemuan", "refleksi"
"""The forms of which drafts are kept; with the id of the kombel or of the meeting they are the drafts' keys."""


def members_of(actor: Actor, kombel_id: int) -> list[dict]:
    """Present members of one kombel as dicts of id, name, cluster and cluster_name."""
    rows = Member.objects.visible_to(actor).filter(kombel=kombel_id, left_on=None).order_by("name", "id")
    return list(rows.values("id", "name", "cluster", cluster_name=F("cluster__name")))
