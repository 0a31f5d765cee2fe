"""Sources of a priority, each with a link where the reader may see the original."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from coordination.actors.actor import Actor
from kombel.models import MeetingReflection

from ..models import Feedback, Kind, Note, Report, ReportVersion, RtlItem, Source
from ..policies.reports import shared_here

Ref = tuple[str, int]
"""Origin and id of an original."""


def links(actor: Actor, report: Report, refs: Iterable[Ref]) -> dict[Ref, str]:
    """Addresses of the originals that the reader may see; the others are left out.

    At most one statement for each kind of source; a collaborator from outside sees the copies only.
    """
    found: dict[Ref, str] = {}
    if shared_here(report.pk):
        return found
    wanted = set(refs)
    for origin, find in FINDERS.items():
        ids = [ref for kind, ref in wanted if kind == origin]
        if ids:
            found |= {(origin, ref): url for ref, url in find(actor, ids).items()}
    return found


def traced(actor: Actor, report: Report, sources: list[Source]) -> list[tuple[Source, str]]:
    """Sources of a draft, each with the address of its original or an empty text."""
    urls = links(actor, report, [(source.origin, source.ref_id) for source in sources])
    return [(source, urls.get((source.origin, source.ref_id), "")) for source in sources]


def traced_parts(actor: Actor, report: Report, version: ReportVersion) -> list[dict]:
    """The components of a sent version, each source with the address of its original where the reader sees it."""
    parts = version.content["components"]
    sources = [source for part in parts for one in part["priorities"] for source in one["sources"]]
    urls = links(actor, report, [(source["origin"], source["ref"]) for source in sources])
    for source in sources:
        source["held_on"] = date.fromisoformat(source["held_on"]) if source["held_on"] else None
        source["url"] = urls.get((source["origin"], source["ref"]), "")
    return [part | {"kind": Kind(part["kind"])} for part in parts]


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
