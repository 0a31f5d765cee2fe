"""Counts of plans on the homes of offices: from the tallies alone, whatever the number of plans."""

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from coordination.actors.actor import DINAS, PUSAT, UPT, Actor
from coordination.actors.home import Number
from coordination.actors.models import Role

from ..models import Plan, Tally
from ..selectors.areas import area_of

READERS = (*PUSAT, *UPT, *DINAS, Role.PENGAWAS)
APPROVED = (Plan.State.DISETUJUI, Plan.State.PERUBAHAN, *Plan.RATED)


def numbers(actor: Actor) -> list[Number]:
    """How many plans of the present period are approved, of those begun, with the way to the progress page."""
    if actor.role not in READERS:
        return []
    today = actor.today()
    rows = Tally.objects.visible_to(actor).filter(
        area_of(actor).own, dimension="state", period__starts__lte=today, period__ends__gte=today
    )
    found = rows.aggregate(begun=Sum("count"), approved=Sum("count", filter=Q(value__in=APPROVED)))
    approved, begun = found["approved"] or 0, found["begun"] or 0
    note = _("dari %(begun)s yang dibuat") % {"begun": _shown(begun)}
    return [Number(_shown(approved), _("rencana kinerja disetujui"), reverse("kinerja:progress"), note=note)]


def _shown(count: int) -> str:
    return number_format(count, use_l10n=True, force_grouping=True)
