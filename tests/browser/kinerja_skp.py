"""The pages of SKP, with a plan in a year of its own."""

from datetime import date
from unittest.mock import patch
from uuid import uuid4

from django.utils import timezone

from coordination.actors.actor import Acting
from kinerja.connectors.ekinerja import OWNER
from kinerja.models import Plan, SkpDelivery, belongs
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


def deliveries() -> str:
    """One that failed and one that was received."""
    problem = "e-Kinerja menolak isi SKP. NIP: tidak dikenal pada instansi ini."
    _sent(_plan("guru", rated), state="gagal", attempts=1, status=422, problem=problem, mend=OWNER)
    _sent(_plan("kepsek", submitted), state="diterima", attempts=2, receipt="BKN-CONTOH-1", sent_at=timezone.now())
    return "/kinerja/pengiriman/"


def skp_failed() -> str:
    deliveries()
    return skp()


def _sent(plan: Plan, **values) -> None:
    SkpDelivery.objects.get_or_create(plan=plan, defaults={**belongs(plan), "key": uuid4(), **values})


LOOKS = [
    ("guru", skp),
    ("kepsek", skp),
    ("kepsek", skp_not_final),
    ("guru", skp_failed),
    ("kepsek", deliveries),
    ("admin", deliveries),
    ("penggerak", "/kinerja/pengiriman/"),
]
