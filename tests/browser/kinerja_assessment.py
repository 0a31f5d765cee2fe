"""The pages of assessment, each state with a plan in a year of its own."""

from datetime import date

from django.utils import timezone

from kinerja.models import Assessment, Plan
from kinerja.services.assessments import answer_objection, object_to_rating, rate_plan, save_rating_draft
from tests.cast import Cast
from tests.kinerja.plans import approved
from tests.kinerja.rating import given, on, ready
from tests.url_map.kinerja import period_of

READY, RATED, OBJECTED, ANSWERED = 2014, 2015, 2016, 2017


def _begun(year: int, make, owner: str = "guru", by: str = "kepsek") -> Plan:
    """The plan of a year; making it again finds it."""
    period = period_of(year)
    if found := Plan.objects.filter(owner__username=owner, period=period).first():
        return found
    with on(date(year, 2, 1)):
        plan = make(Cast(), owner, by, code=period.code)
    Plan.objects.filter(pk=plan.pk).update(position="ahli_pertama")
    return plan


def _rated(year: int) -> Plan:
    plan = _begun(year, ready)
    if not Assessment.objects.filter(plan=plan).exists():
        with on(date(year, 12, 10)), Cast().actor("kepsek").entered() as actor:
            rate_plan(actor=actor, plan=plan, given=given(plan, "atas", "sesuai", level="atas"), version=0)
        # So that the window for objections is open today.
        Plan.objects.filter(pk=plan.pk).update(rated_at=timezone.now())
    return Plan.objects.get(pk=plan.pk)


def _objected(year: int) -> Plan:
    plan = _rated(year)
    if plan.state == Plan.State.DINILAI and not Assessment.objects.get(plan=plan).objection:
        with Cast().actor("guru").entered() as actor:
            object_to_rating(actor=actor, plan=plan, reason="Bukti RHK 5 belum dilihat seluruhnya.")
    return Plan.objects.get(pk=plan.pk)


def _answered() -> Plan:
    plan = _objected(ANSWERED)
    if plan.state == Plan.State.KEBERATAN:
        revised = given(plan, "sesuai", "bawah", level="bawah")
        with Cast().actor("kepsek").entered() as actor:
            answer_objection(actor=actor, plan=plan, answer="Sudah diperiksa kembali.", given=revised)
    return plan


def ready_to_rate() -> str:
    plan = _begun(READY, ready)
    if not Assessment.objects.filter(plan=plan).exists():
        with on(date(READY, 12, 10)), Cast().actor("kepsek").entered() as actor:
            save_rating_draft(actor=actor, plan=plan, given=given(plan), version=0)
    return f"/kinerja/penilaian/{plan.pk}/"


def locked_to_rate() -> str:
    return f"/kinerja/penilaian/{_begun(READY, approved, 'kepsek', 'dinas_depok').pk}/"


def assessments() -> str:
    ready_to_rate()
    _objected(OBJECTED)
    _rated(RATED)
    return "/kinerja/penilaian/"


def assessments_of_principals() -> str:
    locked_to_rate()
    return "/kinerja/penilaian/?lihat=terkunci"


def rated() -> str:
    return f"/kinerja/penilaian/{_answered().pk}/"


def to_answer() -> str:
    return f"/kinerja/penilaian/{_objected(OBJECTED).pk}/"


def result() -> str:
    return f"/kinerja/rencana/{_rated(RATED).pk}/hasil/"


def result_after_answer() -> str:
    return f"/kinerja/rencana/{_answered().pk}/hasil/"


def not_rated() -> str:
    return f"/kinerja/rencana/{_begun(READY, ready).pk}/hasil/"


def simulator() -> str:
    return f"/kinerja/simulasi/?rencana={_rated(RATED).pk}"


def simulated() -> str:
    _rated(RATED)
    return "/kinerja/simulasi/?hasil=atas&perilaku=atas&jabatan=ahli_pertama&bulan=12"


def credit() -> str:
    Plan.objects.filter(pk=_answered().pk).update(state="final", final_at=timezone.now())
    return f"/kinerja/angka-kredit/?tahun={ANSWERED}"


LOOKS = [
    ("kepsek", assessments),
    ("dinas_depok", assessments_of_principals),
    ("kepsek", ready_to_rate),
    ("dinas_depok", locked_to_rate),
    ("kepsek", rated),
    ("kepsek", to_answer),
    ("guru", result),
    ("guru", result_after_answer),
    ("guru", not_rated),
    ("guru", simulator),
    ("guru", simulated),
    ("guru", credit),
    ("guru", "/kinerja/angka-kredit/?tahun=2001"),
]
