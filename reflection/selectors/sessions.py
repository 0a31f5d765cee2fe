"""Sessions, their counts and their notes."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from coordination.actors.actor import Actor

from ..models import ChecklistItem, Cycle, Note, Rtl, Session, Undangan

WITHDRAWN = Undangan.State.DITARIK


def sessions(actor: Actor, *, cycle: int | None = None, state: str = "", search: str = "") -> QuerySet[Any]:
    """The sessions the actor may see, newest first, each with the counts of `with_counts`."""
    rows = Session.objects.visible_to(actor).select_related("cycle", "upt")
    if cycle:
        rows = rows.filter(cycle_id=cycle)
    if state:
        rows = rows.filter(state=state)
    if search:
        rows = rows.filter(title__icontains=search)
    return with_counts(rows)


def with_counts(rows: QuerySet[Session]) -> QuerySet[Any]:
    """Add what a session's line says in numbers, without a query for each: sessions with more attributes."""
    letters = Undangan.objects.exclude(state=WITHDRAWN)
    return rows.annotate(
        invited=_count(letters),
        coming=_count(letters.filter(coming=True)),
        present=_count(letters.filter(state=Undangan.State.HADIR)),
        written=_count(Note.objects.all()),
        prepared=_count(ChecklistItem.objects.filter(done_at__isnull=False)),
        rtl_missing=_count(Rtl.objects.filter(state=Rtl.State.DRAF), "undangan__session"),
    )


def _count(rows: QuerySet, key: str = "session") -> Coalesce:
    counted = rows.filter(**{key: OuterRef("pk")}).order_by().values(key).annotate(found=Count("pk")).values("found")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def cycles_for_session(today: date) -> QuerySet[Cycle]:
    """The cycles a session may be counted to: from a year back to three months ahead, the latest first."""
    around = (today - timedelta(days=365), today + timedelta(days=90))
    return Cycle.objects.filter(ends__gte=around[0], starts__lte=around[1]).order_by("-starts")


def cycles_with_sessions(actor: Actor) -> QuerySet[Cycle]:
    """The cycles in which the actor sees sessions, the latest first."""
    seen = Session.objects.visible_to(actor).order_by().values("cycle")
    return Cycle.objects.filter(pk__in=seen).order_by("-starts")


def invited(session: Session) -> QuerySet[Undangan]:
    """The letters of a session with their communities, without those taken back."""
    rows = Undangan.objects.filter(session=session).exclude(state=WITHDRAWN)
    return rows.select_related("kombel").order_by("kombel__name", "id")


def missing_rtl(session: Session) -> QuerySet[Undangan]:
    """The letters of communities that were present and have not sent their RTL (RF-5), with `kombel` and `rtl`.

    Runs in the scope it is called in; `kombel.leader_ids` are the people to remind, `rtl.due_on` the day.
    """
    rows = Undangan.objects.filter(session=session, state=Undangan.State.HADIR, rtl__state=Rtl.State.DRAF)
    return rows.select_related("kombel", "rtl").order_by("kombel__name", "id")


def lacking(actor: Actor) -> QuerySet[Any]:
    """Sessions of the actor's UPT that are not over, or are over without notes or with RTL missing; by date."""
    rows = with_counts(Session.objects.visible_to(actor).exclude(state=Session.State.DIBATALKAN))
    over = Q(state=Session.State.SELESAI)
    return rows.filter(~over | Q(rtl_missing__gt=0) | Q(written=0)).order_by("held_on", "id")


def awaiting_rtl(actor: Actor, since: date) -> QuerySet[Any]:
    """Sessions of the actor's UPT whose RTL are due on `since` or later and have not all come, the earliest first."""
    rows = with_counts(Session.objects.visible_to(actor).filter(rtl_due_on__gte=since))
    return rows.filter(rtl_missing__gt=0).order_by("rtl_due_on", "id")


def notes_by_prompt(session: Session) -> dict[str, list[Note]]:
    """All notes of a session under their six prompts, in the order of the prompts; an empty list for none."""
    found: dict[str, list[Note]] = {prompt: [] for prompt in Note.Prompt.values}
    for note in Note.objects.filter(session=session).select_related("risk", "written_by"):
        found[note.prompt].append(note)
    return found


def note_counts(session: Session) -> dict[str, int]:
    """How many notes stand under each prompt."""
    rows = Note.objects.filter(session=session).order_by().values_list("prompt").annotate(Count("pk"))
    return dict.fromkeys(Note.Prompt.values, 0) | dict(rows)
