"""Choosing and merging suggestions into priorities, with every source kept (RF-8)."""

from django.db import transaction
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal

from ..models import Priority, Report, Source
from ..models.reports import RANKS
from ..selectors.candidates import Candidate
from .reports import lock_component, touch

LONGEST = 1000


def use_candidates(
    *, actor: Actor, report: Report, kind: str, candidates: list[Candidate], rank: int | None = None
) -> Priority:
    """Make one priority of the chosen candidates, in the first empty place or added to place `rank`.

    An empty place takes the words of the first candidate; a written one keeps its own. All sources are
    kept. Raises NotAllowed, or Refusal when nothing was chosen, all five places are taken or it is locked.
    """
    if not candidates:
        raise Refusal(_("Pilih sedikitnya satu saran."), code="nothing")
    with transaction.atomic():
        component = lock_component(actor=actor, report=report, kind=kind)
        places = list(component.priorities.all())
        if rank is None:
            place = next((one for one in places if not one.text), None)
        else:
            place = next((one for one in places if one.rank == rank), None)
        if place is None:
            raise Refusal(
                _("Kelima tempat sudah terisi."), mend=_("Gabungkan saran ke salah satu nomor yang ada."), code="full"
            )
        if not place.text:
            place.text = candidates[0].text[:LONGEST]
            place.save(update_fields=["text"])
        Source.objects.bulk_create([_source(place, one) for one in candidates], ignore_conflicts=True)
        touch(component, actor.user)
    return place


def merge_priorities(*, actor: Actor, report: Report, kind: str, rank: int, into: int) -> Priority:
    """Merge one place into another: its words are added, its sources move along, and it becomes empty."""
    if rank == into or not {rank, into} <= set(RANKS):
        raise Refusal(_("Pilih dua nomor yang berbeda."))
    with transaction.atomic():
        component = lock_component(actor=actor, report=report, kind=kind)
        places = {one.rank: one for one in component.priorities.all()}
        gone, kept = places[rank], places[into]
        words = [text for text in (kept.text, gone.text) if text]
        kept.text, gone.text = "; ".join(dict.fromkeys(words))[:LONGEST], ""
        Priority.objects.bulk_update([kept, gone], ["text"])
        present = set(kept.sources.values_list("origin", "ref_id", "part"))
        moving = [one for one in gone.sources.all() if (one.origin, one.ref_id, one.part) not in present]
        Source.objects.filter(pk__in=[one.pk for one in moving]).update(priority=kept)
        gone.sources.all().delete()
        touch(component, actor.user)
    return kept


def empty_priority(*, actor: Actor, report: Report, kind: str, rank: int) -> None:
    """Empty a place together with its sources."""
    with transaction.atomic():
        component = lock_component(actor=actor, report=report, kind=kind)
        place = component.priorities.get(rank=rank)
        place.sources.all().delete()
        place.text = ""
        place.save(update_fields=["text"])
        touch(component, actor.user)


def drop_source(*, actor: Actor, source: Source) -> None:
    """Take one source off a priority it does not belong to."""
    priority = source.priority
    with transaction.atomic():
        component = lock_component(actor=actor, report=source.report, kind=priority.component.kind)
        source.delete()
        touch(component, actor.user)


def _source(place: Priority, one: Candidate) -> Source:
    return Source(
        report_id=place.report_id,
        path=place.path,
        priority=place,
        origin=one.origin,
        ref_id=one.ref_id,
        part=one.part,
        kombel_name=one.kombel,
        held_on=one.held_on,
        excerpt=one.text[:2000],
    )
