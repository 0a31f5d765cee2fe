"""Addresses of assessment: rating, result, objection, simulator and angka kredit."""

from django.utils import timezone

from coordination.actors.models import User
from kinerja.models import Assessment, Evidence, Observation, Plan, Rating, belongs
from tests.kinerja.rating import codes_of

from . import DINAS, KEPSEK, SCHOOL, Ref, Row, fresh_token
from .kinerja import PRINCIPALS, TEACHERS, plans_at
from .world import Site

READY, READY_KS = Ref("assessment_ready"), Ref("assessment_ready_ks")
RATED, RATED_KS = Ref("assessment_rated"), Ref("assessment_rated_ks")
OBJECTED, OBJECTED_KS = Ref("assessment_objected"), Ref("assessment_objected_ks")
TOLD = ("notices_notice",)
BOTH, BOTH_KS = "guru kepsek", f"{KEPSEK} {DINAS}"
DRAFT = {"version": "1", "aksi": "draf", "hasil": "sesuai", "token": fresh_token}
KEEP = {"version": "1", "verdict": "tetap", "answer": "uji", "token": fresh_token}
SAID = {"response": "uji", "objection": "uji", "token": fresh_token}
API_DRAFT = {"version": 1, "ratings": [{"subject": "praktik", "level": "sesuai"}]}
ASKED = {"hasil": "atas", "perilaku": "sesuai", "jabatan": "ahli_muda", "bulan": "6"}

ROWS = [
    Row("kinerja:assessments", query={"lihat": "dinilai"}, may=f"{KEPSEK} {DINAS}"),
    Row("kinerja:assess", "GET", url={"pk": READY}, may="kepsek"),
    Row("kinerja:assess", "GET", url={"pk": RATED_KS}, may=DINAS),
    Row("kinerja:assess", "POST", url={"pk": READY}, body=DRAFT, may="kepsek", changing=True),
    Row("kinerja:assess", "POST", url={"pk": READY_KS}, body=DRAFT, may=DINAS, changing=True),
    Row("kinerja:assess_draft", "POST", url={"pk": READY}, body=DRAFT, may="kepsek", changing=True),
    Row("kinerja:assess_draft", "POST", url={"pk": READY_KS}, body=DRAFT, may=DINAS, changing=True),
    Row("kinerja:answer", "POST", url={"pk": OBJECTED}, body=KEEP, may="kepsek", delivers=TOLD),
    Row("kinerja:answer", "POST", url={"pk": OBJECTED_KS}, body=KEEP, may=DINAS, delivers=TOLD),
    Row("kinerja:result", url={"pk": RATED}, may=BOTH),
    Row("kinerja:result", url={"pk": READY_KS}, may=BOTH_KS),
    Row("kinerja:respond", "POST", url={"pk": RATED}, body=SAID, may="guru"),
    Row("kinerja:respond", "POST", url={"pk": RATED_KS}, body=SAID, may=KEPSEK),
    Row("kinerja:object", "POST", url={"pk": RATED}, body=SAID, may="guru", delivers=TOLD),
    Row("kinerja:object", "POST", url={"pk": RATED_KS}, body=SAID, may=KEPSEK, delivers=TOLD),
    Row("kinerja:finish", "POST", url={"pk": RATED}, body={"token": fresh_token}, may="guru", delivers=TOLD),
    Row("kinerja:finish", "POST", url={"pk": RATED_KS}, body={"token": fresh_token}, may=KEPSEK, delivers=TOLD),
    Row("kinerja:simulator", query=ASKED, may=SCHOOL),
    Row("kinerja:credit", query={"tahun": "2016"}, may=SCHOOL),
    Row("kinerja:credit_pdf", query={"tahun": "2016"}, may=SCHOOL, changing=True),
    Row("kinerja_api:assessment", "GET", url={"pk": RATED}, may=BOTH),
    Row("kinerja_api:assessment", "GET", url={"pk": RATED_KS}, may=BOTH_KS),
    Row("kinerja_api:assessment", "PUT", url={"pk": READY}, body=API_DRAFT, json=True, may="kepsek"),
    Row("kinerja_api:assessment", "PUT", url={"pk": READY_KS}, body=API_DRAFT, json=True, may=DINAS),
    Row("kinerja_api:rate", "POST", url={"pk": READY}, body=API_DRAFT, json=True, may="kepsek", gives=400),
    Row("kinerja_api:respond", "POST", url={"pk": RATED}, body={"words": "uji"}, json=True, may="guru"),
    Row("kinerja_api:object", "POST", url={"pk": RATED}, body={"words": "uji"}, json=True, may="guru", delivers=TOLD),
    Row("kinerja_api:answer", "POST", url={"pk": OBJECTED}, body={"answer": "uji"}, json=True, may="kepsek",
        delivers=TOLD),
    Row("kinerja_api:finish", "POST", url={"pk": RATED}, body={}, json=True, may="guru", delivers=TOLD),
    Row("kinerja_api:simulate", query=ASKED, may=SCHOOL),
]  # fmt: skip


def build(at: Site) -> None:
    """Plans ready to be rated, rated and objected to; a rating in progress is known to who decides alone."""
    for plan in plans_at(at, "assessment_ready", year=2014, state="disetujui"):
        _carried_out(plan)
        _assessment(at, plan, "draf", only=_decider(plan, at))
    for plan in plans_at(at, "assessment_rated", year=2016, state="dinilai"):
        _carried_out(plan)
        _assessment(at, plan, "nilai", only=f"{_owner(plan, at)} {_decider(plan, at)}", rated=True)
    for plan in plans_at(at, "assessment_objected", year=2017, state="keberatan"):
        _carried_out(plan)
        _assessment(at, plan, "keberatan", only=f"{_owner(plan, at)} {_decider(plan, at)}", rated=True, objected=True)


def _owner(plan: Plan, at: Site) -> str:
    return PRINCIPALS[at.name] if plan.of_principal else TEACHERS[at.name]


def _decider(plan: Plan, at: Site) -> str:
    deciders = {"depok": "dinas_depok dinas_depok_head", "smk_depok": "dinas_jabar", "balikpapan": "dinas_balikpapan"}
    return deciders[at.name] if plan.of_principal else PRINCIPALS[at.name]


def _carried_out(plan: Plan) -> None:
    Observation.objects.create(**belongs(plan), state="selesai", held_on=plan.starts, observed_on=plan.starts)
    Evidence.objects.create(
        **belongs(plan), item=plan.planitems.get(), kind="catatan", title="Bukti", note="Bukti", done_on=plan.starts,
        added_by_id=plan.owner_id,
    )  # fmt: skip


def _assessment(at: Site, plan: Plan, key: str, *, only: str, rated: bool = False, objected: bool = False) -> None:
    word = f"{key}{'ks' if plan.of_principal else ''}"
    reason, now = at.canary(f"alasan{word}", only=only), timezone.now()
    values: dict = {"hasil": "sesuai", "perilaku": "sesuai", "note": at.canary(f"catatan{word}", only=only)}
    if rated:
        rater = User.objects.get(username=only.split()[-1])
        values |= {"predicate": "baik", "rated_at": now, "rated_by": rater}
        Plan.objects.filter(pk=plan.pk).update(rated_at=now)
    if objected:
        values |= {"objection": at.canary(f"berat{word}", only=only), "objected_at": now}
    found = Assessment.objects.create(**belongs(plan), **values)
    Rating.objects.bulk_create(
        Rating(**belongs(plan), assessment=found, subject=code, level="sesuai", reason=reason)
        for code in codes_of(plan)
    )
