"""The pages of SKP, with a plan in a year of its own."""

from datetime import date
from unittest.mock import patch

from coordination.actors.actor import Acting
from kinerja.models import Plan
from tests.cast import Cast
from tests.kinerja.plans import rated, submitted
from tests.url_map.kinerja import period_of

YEAR = 2018


def _plan(owner: str, make) -> Plan:
    period = period_of(YEAR)
    if found := Plan.objects.filter(owner__username=owner, period=period).first():
        return found
    with patch.object(Acting, "today", lambda acting: date(YEAR, 6, 1)):
        return make(Cast(), owner, code=period.code)


def skp() -> str:
    """A final one."""
    return f"/kinerja/rencana/{_plan('guru', rated).pk}/skp/"


def skp_not_final() -> str:
    """One that waits for the decision."""
    return f"/kinerja/rencana/{_plan('kepsek', submitted).pk}/skp/"


LOOKS = [("guru", skp), ("kepsek", skp), ("kepsek", skp_not_final)]
