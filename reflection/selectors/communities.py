"""Communities a session can invite, and what they have already said themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower

from coordination.actors.actor import Actor
from coordination.actors.models import Wilayah
from kombel.models import Kombel, MeetingReflection

from ..models import Feedback, Note, Session, Undangan

SHOWN = 30
"""Materials shown at once beside a prompt."""
QUIET_DAYS = 30

FROM_MEETINGS: dict[str, tuple[str, ...]] = {
    Note.Prompt.BAIK: ("went_well",),
    Note.Prompt.DITINGKATKAN: ("to_improve",),
    Note.Prompt.DAMPAK: ("pupil_impact",),
    Note.Prompt.TANTANGAN: ("challenges",),
}
FROM_FEEDBACK: dict[str, tuple[str, ...]] = {
    Note.Prompt.DAMPAK: ("impact_pupils", "impact_teachers"),
    Note.Prompt.DITINGKATKAN: ("proposals",),
}
"""Which answers belong beside which prompt; risks and mitigations are found in the session itself."""


def invitable(
    actor: Actor,
    session: Session,
    *,
    kabkota: str = "",
    kind: str = "",
    jenjang: str = "",
    activity: str = "",
    search: str = "",
) -> QuerySet[Kombel]:
    """Active communities of the actor's territory that have no letter for this session yet.

    `activity` is "aktif" (met within the last 30 days) or "senyap".
    """
    letters = Undangan.objects.filter(session=session, kombel=OuterRef("pk")).exclude(state=Undangan.State.DITARIK)
    rows = Kombel.objects.visible_to(actor).filter(~Exists(letters), state=Kombel.State.AKTIF)
    wanted = {"kabkota": kabkota, "kind": kind, "jenjang": jenjang}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    since = actor.today() - timedelta(days=QUIET_DAYS)
    if activity == "aktif":
        rows = rows.filter(quiet_since__gte=since)
    elif activity == "senyap":
        rows = rows.filter(quiet_since__lt=since)
    if search:
        rows = rows.filter(name_key__contains=search.lower())
    return rows.select_related("school").order_by("name_key", "id")


def regions_of(actor: Actor) -> QuerySet[Wilayah]:
    """The kab/kota of the provinces that the actor's UPT serves, by name; all of them for a vocational UPT."""
    rows = Wilayah.objects.filter(level=Wilayah.Level.KABKOTA)
    if actor.acting and actor.acting.serves and not actor.is_vocational:
        rows = rows.filter(parent__in=actor.acting.serves)
    return rows.order_by(Lower("name"))


@dataclass(frozen=True, slots=True)
class Material:
    """Something a community said before the session, ready to be taken over as a note."""

    kind: str
    id: int
    part: str
    text: str
    undangan_id: int
    kombel_name: str
    said_on: date
    label: str


def materials(session: Session, prompt: str, *, undangan: Undangan | None = None) -> list[Material]:
    """Meeting reflections of the cycle and feedback of the invited communities, as far as not taken over yet."""
    letters = Undangan.objects.filter(session=session).exclude(state=Undangan.State.DITARIK)
    if undangan:
        letters = letters.filter(pk=undangan.pk)
    found = [*_from_feedback(session, prompt, letters), *_from_meetings(session, prompt, letters)]
    return found[:SHOWN]


def material(session: Session, kind: str, pk: int, part: str) -> tuple[str, Undangan] | None:
    """The text of one material and the letter of its community; None when it is not of this session."""
    letters = Undangan.objects.filter(session=session).exclude(state=Undangan.State.DITARIK).select_related("kombel")
    if kind == Note.Source.UMPAN_BALIK and part in Feedback.TOPICS:
        said = Feedback.objects.filter(pk=pk, undangan__in=letters).select_related("undangan__kombel").first()
        return (getattr(said, part), said.undangan) if said else None
    if kind == Note.Source.PERTEMUAN and part in {name for names in FROM_MEETINGS.values() for name in names}:
        row = _reflections(session, letters).filter(pk=pk).first()
        return (getattr(row, part), letters.get(kombel_id=row.meeting.kombel_id)) if row else None
    return None


def _reflections(session: Session, letters: QuerySet[Undangan]) -> QuerySet[MeetingReflection]:
    return MeetingReflection.objects.filter(
        meeting__kombel__in=letters.values("kombel"),
        meeting__held_on__range=(session.cycle.starts, session.held_on),
    ).select_related("meeting__kombel")


def _from_meetings(session: Session, prompt: str, letters: QuerySet[Undangan]) -> Iterator[Material]:
    for part in FROM_MEETINGS.get(prompt, ()):
        waiting = _untaken(_reflections(session, letters), session, Note.Source.PERTEMUAN, part)
        rows = list(waiting.order_by("-meeting__held_on", "id")[:SHOWN])
        ids = dict(letters.filter(kombel__in={row.meeting.kombel_id for row in rows}).values_list("kombel_id", "id"))
        for row in rows:
            meeting = row.meeting
            yield Material(
                kind=Note.Source.PERTEMUAN,
                id=row.pk,
                part=part,
                text=getattr(row, part),
                undangan_id=ids[meeting.kombel_id],
                kombel_name=meeting.kombel.name,
                said_on=meeting.held_on,
                label=str(Note.Source.PERTEMUAN.label),
            )


def _from_feedback(session: Session, prompt: str, letters: QuerySet[Undangan]) -> Iterator[Material]:
    for part in FROM_FEEDBACK.get(prompt, ()):
        rows = _untaken(Feedback.objects.filter(undangan__in=letters), session, Note.Source.UMPAN_BALIK, part)
        for row in rows.select_related("undangan__kombel").order_by("-created_at", "id")[:SHOWN]:
            yield Material(
                kind=Note.Source.UMPAN_BALIK,
                id=row.pk,
                part=part,
                text=getattr(row, part),
                undangan_id=row.undangan_id,
                kombel_name=row.undangan.kombel.name,
                said_on=row.created_at.astimezone(ZoneInfo(session.time_zone)).date(),
                label=f"{Note.Source.UMPAN_BALIK.label}: {row.get_giver_display()}",
            )


def _untaken(rows: QuerySet, session: Session, kind: str, part: str) -> QuerySet:
    taken = Note.objects.filter(session=session, source_kind=kind, source_part=part, source_id=OuterRef("pk"))
    return rows.filter(~Exists(taken)).exclude(**{part: ""})
