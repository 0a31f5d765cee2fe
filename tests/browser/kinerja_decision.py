"""Pages of deciding about plans, with a plan that was returned and sent again."""

from datetime import date
from unittest.mock import patch

from coordination.actors.actor import Acting
from kinerja.models import Plan
from kinerja.services.decisions import return_plan
from kinerja.services.plans import submit_plan, write_section
from tests.cast import Cast
from tests.kinerja.plans import submitted

DAY = date(2026, 11, 21)


def _sent_again(owner: str = "guru", decider: str = "kepsek") -> Plan:
    """A plan that waits for its second decision; making it again finds it."""
    if found := Plan.objects.filter(owner__username=owner, version=2).first():
        return found
    cast = Cast()
    with patch.object(Acting, "today", lambda acting: DAY):
        plan = submitted(cast, owner)
        with cast.actor(decider).entered() as actor:
            notes = {"kompetensi": "Kurangi pelatihan, tambah berbagi praktik baik."}
            return_plan(actor=actor, plan=plan, number=1, notes=notes)
        with cast.actor(owner).entered() as actor:
            little = {"items": {"1": 1, "2": 2}, "under_reason": "Cuti melahirkan tiga bulan."}
            write_section(actor=actor, plan=plan, code="kompetensi", content=little, version=1)
            submit_plan(actor=actor, plan=plan)
    return plan


def queue() -> str:
    _sent_again()
    return "/kinerja/persetujuan/"


def queue_of_principals() -> str:
    _sent_again("kepsek", "dinas_depok")
    return "/kinerja/persetujuan/?keadaan=semua"


def without_plan() -> str:
    return "/kinerja/persetujuan/tanpa-rencana/?periode=2026-1"


def decide() -> str:
    return f"/kinerja/persetujuan/{_sent_again().pk}/"


def timeline() -> str:
    return f"/kinerja/rencana/{_sent_again().pk}/riwayat/"


def version() -> str:
    return f"/kinerja/rencana/{_sent_again().pk}/versi/1/"


def compare() -> str:
    return f"/kinerja/rencana/{_sent_again().pk}/banding/"
