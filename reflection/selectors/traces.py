"""Sources of a priority, each with a link where the reader may see the original."""

from dataclasses import dataclass

from django.urls import reverse

from coordination.actors.actor import Actor
from kombel.models import MeetingReflection

from ..models import Feedback, Note, Report, RtlItem, Source
from ..policies.reports import shared_here


@dataclass(frozen=True)
class Traced:
    source: Source
    url: str = ""


def traced(actor: Actor, report: Report, sources: list[Source]) -> list[Traced]:
    """Pair sources with the address of their original, empty where the reader does not see it.

    At most one statement for each kind of source; a collaborator from outside sees the copies only.
    """
    if shared_here(report.pk):
        return [Traced(source) for source in sources]
    urls: dict[tuple[str, int], str] = {}
    for origin, find in FINDERS.items():
        wanted = [source.ref_id for source in sources if source.origin == origin]
        if wanted:
            urls |= {(origin, ref): url for ref, url in find(actor, wanted).items()}
    return [Traced(source, urls.get((source.origin, source.ref_id), "")) for source in sources]


def _meetings(actor: Actor, wanted: list[int]) -> dict[int, str]:
    rows = MeetingReflection.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", "meeting_id")
    return {pk: reverse("kombel:meeting", args=[meeting]) for pk, meeting in rows}


def _notes(actor: Actor, wanted: list[int]) -> dict[int, str]:
    rows = Note.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", "session_id")
    return {pk: reverse("reflection:session_notes", args=[session]) for pk, session in rows}


def _plans(actor: Actor, wanted: list[int]) -> dict[int, str]:
    rows = RtlItem.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", "rtl_id")
    return {pk: reverse("reflection:rtl", args=[rtl]) for pk, rtl in rows}


def _feedback(actor: Actor, wanted: list[int]) -> dict[int, str]:
    rows = Feedback.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", "undangan__session_id")
    return {pk: reverse("reflection:session_notes", args=[session]) for pk, session in rows}


FINDERS = {
    Source.Origin.MEETING: _meetings,
    Source.Origin.NOTE: _notes,
    Source.Origin.RTL: _plans,
    Source.Origin.FEEDBACK: _feedback,
}
