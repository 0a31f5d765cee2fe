"""Angka kredit: its arithmetic, a year of parts, the simulator, and the PDF."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from kinerja.models import Period, Plan
from kinerja.rules.credit import credit_for, months_between
from kinerja.selectors.packs import pack_of
from tests.url_map.kinerja import period_of

from .plans import rated
from .rating import given, marks, on, ready

pytestmark = pytest.mark.usefixtures("in_november")
FIRST = {"position": "ahli_pertama", "predicate": "baik"}


def part(plan: Plan, starts: date, until: date, **values) -> Plan:
    """Another final part of the owner's year, at another school or of another period."""
    columns = [one.attname for one in Plan._meta.concrete_fields if one.name != "id"]
    copy = Plan(**{name: getattr(plan, name) for name in columns})
    for name, value in {"starts": starts, "until": until, **values}.items():
        setattr(copy, name, value)
    copy.save(force_insert=True)
    return copy


def half() -> Period:
    return Period.objects.get(code="2026-1")


def test_ahli_pertama_with_sangat_baik_for_a_year_is_18_75(cast):
    pack = pack_of(half().pack_id)
    assert credit_for(pack, position="ahli_pertama", predicate="sangat_baik", months=12).value == Decimal("18.75")
    assert credit_for(pack, position="ahli_madya", predicate="butuh_perbaikan", months=6).value == Decimal("14.06")
    assert credit_for(pack, position="ahli_utama", predicate="sangat_kurang", months=1).value == Decimal("1.04")


def test_a_month_belongs_to_the_part_its_15th_lies_in():
    whole = months_between(date(2026, 7, 1), date(2026, 12, 31))
    for day in (date(2026, 9, 1), date(2026, 9, 15), date(2026, 9, 16), date(2026, 10, 1)):
        before = months_between(date(2026, 7, 1), date.fromordinal(day.toordinal() - 1))
        assert before + months_between(day, date(2026, 12, 31)) == whole == 6


def test_a_split_year_with_a_new_jenjang_adds_up_in_the_page(cast):
    plan = rated(cast)
    Plan.objects.filter(pk=plan.pk).update(starts=date(2026, 9, 20), position="ahli_muda", predicate="sangat_baik")
    plan.refresh_from_db()
    part(plan, date(2026, 1, 1), date(2026, 6, 30), period=half(), **FIRST)
    other = part(plan, date(2026, 7, 1), date(2026, 9, 19), period=plan.period, of_principal=True, **FIRST)
    page = cast.guru.get("/kinerja/angka-kredit/?tahun=2026").content.decode()
    # 12,5 × 100% × 6/12 + 12,5 × 100% × 3/12 + 25 × 150% × 3/12
    for words in ("6,25", "3,13", "9,38", "18,76", "Ahli Pertama → Ahli Muda", "periode yang terbagi"):
        assert words in page, words
    assert "25 × 150% × 3/12" in page
    assert Plan.objects.get(pk=other.pk).is_partial()


def test_what_is_missing_is_said_with_who_mends_it(cast):
    plan = rated(cast, state="dinilai")
    page = cast.guru.get("/kinerja/angka-kredit/").content.decode()
    assert "Penilaiannya belum selesai" in page
    assert "0,00" in page
    Plan.objects.filter(pk=plan.pk).update(state="final")
    assert "Jenjang jabatan belum diisi." in cast.guru.get("/kinerja/angka-kredit/").content.decode()


def test_the_pdf_says_the_same_and_that_it_is_no_official_form(cast):
    plan = rated(cast)
    Plan.objects.filter(pk=plan.pk).update(position="ahli_pertama", nip="198501012010012001")
    answer = cast.guru.get("/kinerja/angka-kredit/pdf/?tahun=2026")
    reader = PdfReader(BytesIO(answer.content))
    text = " ".join(page.extract_text() for page in reader.pages)
    for words in ("Rincian untuk PAK", "bukan formulir resmi", "198501012010012001", "6,25"):
        assert words in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_year_asks_as_much_for_many_parts_as_for_one(cast):
    plan = rated(cast)
    cast.guru.get("/")
    with CaptureQueriesContext(connection) as one:
        cast.guru.get("/kinerja/angka-kredit/")
    for year in range(2030, 2050):
        part(plan, date(2026, 7, 1), date(2026, 12, 31), period=period_of(year), **FIRST)
    with CaptureQueriesContext(connection) as many:
        assert cast.guru.get("/kinerja/angka-kredit/").content.decode().count("6,25") == 20
    assert len(many) == len(one) <= 9


def test_the_simulator_reckons_without_storing_and_says_why(cast):
    plan = rated(cast)
    Plan.objects.filter(pk=plan.pk).update(position="ahli_pertama")
    page = cast.guru.get("/kinerja/simulasi/").content.decode()
    assert "Bagaimana jika?" in page
    before = Plan.objects.values().get(pk=plan.pk)
    asked = {"hasil": "atas", "perilaku": "atas", "jabatan": "ahli_pertama", "bulan": "12"}
    page = cast.guru.get("/kinerja/simulasi/", asked).content.decode()
    # 6,25 stands already from the final plan.
    for words in ("Predikat: Sangat Baik", "18,75", "25,00", "Tabel predikat", "✓ Sangat Baik"):
        assert words in page, words
    page = cast.guru.get("/kinerja/simulasi/", asked | {"rencana": plan.pk, "bulan": "6"}).content.decode()
    assert "9,38" in page
    assert "25,00" not in page
    assert Plan.objects.values().get(pk=plan.pk) == before


def test_the_simulator_begins_with_the_plan_it_is_asked_about(cast):
    plan = rated(cast)
    Plan.objects.filter(pk=plan.pk).update(position="ahli_madya", until=date(2026, 9, 30))
    page = cast.guru.get(f"/kinerja/simulasi/?rencana={plan.pk}").content.decode()
    assert '<option value="ahli_madya" selected>' in page
    assert 'name="bulan" value="3"' in page


def test_the_simulator_refuses_what_there_is_not(cast):
    for wrong in ({"hasil": "hebat"}, {"bulan": "13"}, {"jabatan": "guru_besar"}, {"rencana": "1"}):
        asked = {"hasil": "atas", "perilaku": "atas", "jabatan": "ahli_pertama", "bulan": "12", **wrong}
        assert cast.guru.get("/kinerja/simulasi/", asked).status_code == 400
        assert cast.guru.get("/api/v1/kinerja/simulasi/", asked).status_code in (400, 404)
    assert cast.upt_jabar.get("/kinerja/simulasi/").status_code == 403
    assert cast.dinas_depok.get("/kinerja/angka-kredit/").status_code == 403
    assert cast.guru.get("/kinerja/angka-kredit/?tahun=abc").status_code == 404


def test_the_api_simulates_the_same(cast):
    asked = {"hasil": "atas", "perilaku": "atas", "jabatan": "ahli_pertama", "bulan": "12"}
    found = cast.guru.get("/api/v1/kinerja/simulasi/", asked).json()
    assert (found["predicate"], found["value"], found["total"]) == ("sangat_baik", "18.75", "18.75")


def test_a_yearly_pack_without_points_and_uploads_goes_from_plan_to_final(cast):
    """Another regulation is another file: nothing of the portal changes for it."""
    from kinerja.models import Assessment, PlanVersion, RulePack
    from kinerja.services.assessments import finish_plan, rate_plan
    from kinerja.services.decisions import approve_plan
    from kinerja.services.plans import begin_plan, describe_employee, submit_plan, write_section

    from .rating import observe

    yearly = RulePack.objects.get(code="tahunan-2025")
    period = Period.objects.create(
        code="2025", name="Tahun 2025", pack=yearly, starts=date(2025, 1, 1), ends=date(2025, 12, 31),
        plan_opens=date(2024, 11, 2), plan_due=date(2025, 1, 31), assess_opens=date(2025, 11, 1),
        assess_due=date(2026, 1, 15),
    )  # fmt: skip
    with on(date(2025, 2, 3)):
        with cast.actor("guru").entered() as actor:
            plan = begin_plan(actor=actor, period=period)
            describe_employee(actor=actor, plan=plan, nip="", position="ahli_pertama")
            values = {one.code: {"behaviours": [one.behaviours[0]], "how": "Setiap hari."} for one in plan.rules.values}
            for code, content in {
                "praktik": {"indicator": plan.rules.indicators[0].code},
                "kompetensi": {"items": {"1": 1, "2": 1, "3": 1}},
                "tambahan": {"items": {}},
                "perilaku": {"values": values},
            }.items():
                write_section(actor=actor, plan=plan, code=code, content=content, version=0)
            submit_plan(actor=actor, plan=plan)
        with cast.actor("kepsek").entered() as actor:
            approve_plan(actor=actor, plan=plan, number=1)
    plan.refresh_from_db()
    assert (plan.points, plan.least, plan.most, plan.under_reason) == (0, None, None, "")
    observe(plan)
    with on(date(2025, 11, 20)):
        with cast.actor("kepsek").entered() as actor:
            # No evidence is uploaded, and none is asked for.
            rate_plan(actor=actor, plan=plan, given=given(plan, "atas", "atas", level="atas"), version=0)
        assert "Sangat Baik" in cast.guru.get(f"/kinerja/rencana/{plan.pk}/hasil/").content.decode()
        with cast.actor("guru").entered() as actor:
            finish_plan(actor=actor, plan=plan)
    assert set(marks(plan)) >= {"praktik", "rhk:1", "rhk:2", "rhk:3"}
    assert PlanVersion.objects.get(plan=plan).points == 0
    assert Assessment.objects.get(plan=plan).predicate == "sangat_baik"
    assert "18,75" in cast.guru.get("/kinerja/angka-kredit/?tahun=2025").content.decode()


def test_a_stranger_finds_no_plan_of_another_in_the_simulator(cast):
    plan = ready(cast)
    assert cast.operator.get(f"/kinerja/simulasi/?rencana={plan.pk}").status_code == 200
    asked = {"hasil": "atas", "perilaku": "atas", "jabatan": "ahli_pertama", "bulan": "12", "rencana": plan.pk}
    assert cast.operator.get("/kinerja/simulasi/", asked).status_code == 400
    assert cast.operator.get("/api/v1/kinerja/simulasi/", asked).status_code == 404
