"""The calendar of periods, which Pusat may move as long as two never overlap."""

from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal
from coordination.actors.keeping import forget

from ..models import Period
from ..policies import PeriodPolicy


def check_period(period: Period) -> None:
    """Raise Refusal when the days are out of order or lie in another period."""
    if not (
        period.starts < period.ends
        and period.plan_opens <= period.plan_due
        and period.assess_opens <= period.assess_due
    ):
        raise Refusal(
            _("Hari-hari periode tidak berurutan."),
            mend=_("Mulai sebelum berakhir, perencanaan dibuka sebelum batasnya, penilaian dibuka sebelum batasnya."),
        )
    others = Period.objects.exclude(pk=period.pk)
    other = others.filter(starts__lte=period.ends, ends__gte=period.starts).first()
    if other is not None:
        raise Refusal(
            _("Periode ini bertumpang tindih dengan %(other)s (%(starts)s – %(ends)s).")
            % {"other": other.name, "starts": f"{other.starts:%d-%m-%Y}", "ends": f"{other.ends:%d-%m-%Y}"},
            mend=_("Pilih hari di luar periode itu, atau ubah periode itu lebih dulu."),
        )


def save_period(*, actor: Actor, period: Period) -> Period:
    """Save a period's days; raises NotAllowed, or Refusal from `check_period`."""
    PeriodPolicy.require(actor, "change", period)
    check_period(period)
    period.save()
    forget()
    return period
