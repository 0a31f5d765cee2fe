"""Counts of plans on the homes of offices: from the tallies alone, whatever the number of plans."""

from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery, Sum
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from coordination.actors.actor import DINAS, PUSAT, UPT, Actor
from coordination.actors.home import Number
from coordination.actors.models import Role

from ..models import Period, Plan, Tally
from ..selectors.areas import area_of

READERS = (*PUSAT, *UPT, *DINAS, Role.PENGAWAS)
APPROVED = (Plan.State.DISETUJUI, Plan.State.PERUBAHAN, *Plan.RATED)


def numbers(actor: Actor) -> list[Number]:
    """How many plans of the present period are approved, of those begun, with the way to the progress page."""
    if actor.role not in READERS:
        return []
    today = actor.today()
    rows = Tally.objects.visible_to(actor).filter(area_of(actor).own, dimension="state", period=OuterRef("pk"))
    begun = rows.exclude(value=Plan.State.DIPINDAHKAN).order_by().values("period").annotate(n=Sum("count")).values("n")
    periods = Period.objects.visible_to(actor).filter(starts__lte=today, ends__gte=today)
    period = periods.annotate(begun=Subquery(begun), approved=Subquery(begun.filter(value__in=APPROVED))).first()
    if period is None:
        return []
    label = _("rencana kinerja %(period)s disetujui") % {"period": period.name}
    note = _("dari %(begun)s yang dibuat") % {"begun": _shown(period.begun or 0)}
    address = f"{reverse('kinerja:progress')}?{urlencode({'periode': period.code})}"
    return [Number(_shown(period.approved or 0), label, address, note=note)]


def _shown(count: int) -> str:
    return number_format(count, use_l10n=True, force_grouping=True)
