"""What waits for a principal, and for the Dinas that decides about principals."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coordination.actors.actor import Actor
from coordination.actors.home import Number, Todo
from coordination.actors.models import Role

from ..policies.plans import DECIDERS_OF_PRINCIPALS
from ..selectors.deciding import teachers_of, waiting_counts

DECISION_DAYS = 3
"""A plan that waits longer is late ("Biasanya diputuskan dalam 3 hari")."""
QUEUE = "kinerja:queue"
OBSERVATIONS = "kinerja:observations"
ASSESSMENTS = "kinerja:assessments"


def todos(actor: Actor) -> list[Todo]:
    """One entry for each kind of work, with how much of it there is."""
    if actor.role not in (Role.KEPSEK, *DECIDERS_OF_PRINCIPALS):
        return []
    counts = waiting_counts(actor)
    return [*_decisions(counts, actor), *_observations(counts), *_ratings(counts, actor)]


def numbers(actor: Actor) -> list[Number]:
    """Teachers of the principal's school with and without a plan of the present period."""
    if actor.role != Role.KEPSEK:
        return []
    period, counts = teachers_of(actor)
    if period is None:
        return []
    words = {"period": period.name}
    without = reverse("kinerja:without_plan")
    tone = "warn" if counts["lacking"] else "ok"
    return [
        Number(counts["lacking"], _("guru tanpa rencana %(period)s") % words, without, tone=tone),
        Number(counts["having"], _("guru dengan rencana %(period)s") % words, f"{reverse(QUEUE)}?keadaan=semua"),
    ]


def _decisions(counts: dict, actor: Actor) -> Iterator[Todo]:
    if not (count := counts["decide"]):
        return
    if actor.role == Role.KEPSEK:
        title = ngettext("Putuskan %(count)d rencana guru", "Putuskan %(count)d rencana guru", count)
    else:
        title = ngettext(
            "Putuskan %(count)d rencana kepala sekolah", "Putuskan %(count)d rencana kepala sekolah", count
        )
    due = counts["oldest"].astimezone(actor.acting.zone).date() + timedelta(days=DECISION_DAYS)
    yield Todo(
        title % {"count": count}, reverse(QUEUE), due=due, late=actor.today() > due, status=_("Menunggu putusan"),
        tone="warn",
    )  # fmt: skip


def _observations(counts: dict) -> Iterator[Todo]:
    if count := counts["observe"]:
        title = ngettext("Lanjutkan %(count)d observasi", "Lanjutkan %(count)d observasi", count)
        yield Todo(title % {"count": count}, reverse(OBSERVATIONS), status=_("Observasi"))


def _ratings(counts: dict, actor: Actor) -> Iterator[Todo]:
    if count := counts["answer"]:
        title = ngettext("Jawab %(count)d keberatan", "Jawab %(count)d keberatan", count)
        yield Todo(title % {"count": count}, reverse(ASSESSMENTS), status=_("Keberatan"), tone="warn")
    if count := counts["rate"]:
        title = ngettext("Nilai %(count)d rencana", "Nilai %(count)d rencana", count)
        due = counts["rate_due"]
        yield Todo(
            title % {"count": count}, reverse(ASSESSMENTS), due=due, late=actor.today() > due, status=_("Penilaian")
        )
