"""Sources of a priority, each with a link where the reader may see the original."""

from dataclasses import dataclass

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
    urls = {}
    for origin, find in FINDERS.items():
        wanted = [source.ref_id for source in sources if source.origin == origin]
        if wanted:
            urls |= {(origin, ref): url for ref, url in find(actor, wanted).items()}
    return [Traced(source, urls.get((source.origin, source.ref_id), "")) for source in sources]


def _seen(model, actor: Actor, wanted: list[int], field: str) -> dict[int, int]:
    return dict(model.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", field))


def _meetings(actor: Actor, wanted: list[int]) -> dict[int, str]:
    return {}


FINDERS = {}
