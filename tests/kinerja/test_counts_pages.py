"""The progress pages as the roles: each area, each number with its explanation, and small numbers."""

import csv
import io
import re

import pytest

from coordination.actors.actor import system
from coordination.actors.models import School, User, Wilayah
from kinerja.models import Period, Plan, Tally
from kinerja.rules.small import LEAST, withheld
from kinerja.selectors.areas import area_of
from kinerja.selectors.explaining import explained, measures
from kinerja.selectors.packs import pack_of
from kinerja.selectors.progress import Cut, periods_of, progress
from kinerja.services import tallies
from tests.asked import asked
from tests.cast import make_school

from .test_counts import plan_of

PAGE = "/kinerja/capaian/"
EXPLAIN = "/kinerja/capaian/jelaskan/"
PERIOD = "2026-1"
OFFICES = ("pusat", "upt_jabar", "upt_kaltim", "dinas_depok", "dinas_jabar")


def fold() -> None:
    with system():
        tallies.fold()


def people(number: int, npsn: str, state: str = "final", predicate: str = "baik", *, start: int = 0) -> None:
    """So many teachers of a school, each with a plan."""
    for one in range(start, start + number):
        name = f"orang_{npsn}_{one}"
        User.objects.create(username=name, email=f"{name}@contoh.id", name=name)
        plan_of(name, npsn, state)
    if state in {"final", "dinilai"}:
        Plan.objects.filter(npsn=npsn).update(predicate=predicate)


@pytest.fixture
def depok(cast):
    """Seven rated at one school, two waiting at another, and the principal's own draft."""
    School.objects.filter(npsn="99000001").update(guru=20)
    people(7, "99000001")
    people(2, "99000002", "diajukan")
    plan_of("kepsek", "99000001", "draf", of_principal=True)
    plan_of("kepsek_smk", "99000003", "diajukan", of_principal=True)
    fold()
    return cast


def text(client, address: str = PAGE, **query) -> str:
    answer = client.get(address, {"periode": PERIOD, **query})
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def shown(cast, name: str, *, jenjang: str = "", kind: str = "", **where):
    """The selector's answer as one of the cast."""
    with cast.actor(name).entered() as actor:
        period = next(one for one in periods_of(actor) if one.code == PERIOD)
        return progress(actor, area_of(actor, **where), Cut(period, jenjang, kind))


def test_pusat_sees_the_country_with_its_provinces_and_the_map(depok):
    page = text(depok.pusat)
    assert "Indonesia" in page
    assert "Kalimantan Timur" in page
    assert page.count("dari 20 guru (Dapodik)") == 1
    assert "Bagian rencana yang disetujui paling rendah di" in page


def test_an_area_without_a_plan_is_listed_first_with_zero(depok):
    parts = shown(depok, "upt_jabar").parts
    assert [(one.name, one.plans) for one in parts] == [("Kab. Bekasi", 0), ("Kota Depok", 11)]
    assert "1 Kab/kota tanpa rencana" in text(depok.upt_jabar)
    assert "Kab. Bekasi" in text(depok.upt_jabar, kosong="1")


def test_the_number_of_silent_districts_leads_to_exactly_them(depok):
    page = text(depok.pusat, kosong="1")
    for name in ("Kab. Bekasi", "Kota Balikpapan", "Kota Jayapura"):
        assert name in page
    assert "Kota Depok" not in page
    assert "3 Kab/kota tanpa rencana" in page


def test_a_dinas_reads_its_own_level_only(depok):
    assert shown(depok, "dinas_depok").total.plans == 10
    assert shown(depok, "dinas_jabar").total.plans == 1
    assert shown(depok, "upt_jabar").total.plans == 11
    assert shown(depok, "dinas_jabar", wilayah="32.76").total.plans == 1


def test_one_drills_down_to_the_school(depok):
    kecamatan = shown(depok, "upt_jabar", wilayah="32.76").parts
    assert {one.code: one.plans for one in kecamatan} == {"32.76.01": 9, "32.76.06": 2}
    schools = shown(depok, "upt_jabar", wilayah="32.76.01").parts
    assert {one.code: one.plans for one in schools} == {"99000001": 8, "99000003": 1}
    assert shown(depok, "upt_jabar", npsn="99000003").total.states["diajukan"] == 1
    assert "SD Contoh Pancoran Mas 1" in text(depok.upt_jabar, wilayah="32.76.01")


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("upt_jabar", {"wilayah": "64"}),
        ("upt_jabar", {"wilayah": "99"}),
        ("dinas_depok", {"wilayah": "32"}),
        ("dinas_depok", {"wilayah": "32.16"}),
        ("dinas_depok", {"sekolah": "99000003"}),
        ("dinas_jabar", {"sekolah": "99000001"}),
        ("pengawas", {"wilayah": "32.76"}),
        ("pengawas", {"sekolah": "99000002"}),
        ("kepsek", {"sekolah": "99000002"}),
        ("kepsek", {"wilayah": "32.76"}),
        ("pusat", {"wilayah": "tidak"}),
        ("pusat", {"sekolah": "00000000"}),
        ("pusat", {"jenjang": "tidak"}),
    ],
)
def test_what_lies_elsewhere_looks_like_what_is_absent(depok, name, where):
    for address in (PAGE, EXPLAIN, "/api/v1/kinerja/progress/"):
        assert depok.client(name).get(address, {"periode": PERIOD, "angka": "rencana", **where}).status_code == 404


@pytest.mark.parametrize("name", ["guru", "operator", "penggerak", "mitra", "outsider"])
def test_whoever_answers_for_no_area_reads_no_counts(depok, name):
    assert depok.client(name).get(PAGE).status_code == 404


def test_a_pengawas_reads_the_listed_schools(depok):
    found = shown(depok, "pengawas")
    assert [(one.code, one.plans) for one in found.parts] == [("99000001", 8)]
    assert found.total.plans == 8


def test_a_principal_reads_the_own_school_and_goes_on_to_the_queue(depok):
    answer = depok.kepsek.get(PAGE, {"periode": PERIOD})
    assert "SD Contoh Pancoran Mas 1" in answer.content.decode()
    assert 'href="/kinerja/persetujuan/"' in answer.content.decode()


def test_filters_cut_every_number(depok):
    assert shown(depok, "upt_jabar", kind="ks").total.plans == 2
    assert shown(depok, "upt_jabar", jenjang="smk").total.plans == 1
    assert shown(depok, "upt_jabar", jenjang="sd", kind="ks").total.states == {"draf": 1}
    assert "dari 4 sekolah" in text(depok.upt_jabar, jenis="ks")


@pytest.mark.parametrize("name", OFFICES)
def test_every_number_is_the_sum_of_the_rows_that_explain_it(depok, name):
    with depok.actor(name).entered() as actor:
        period = next(one for one in periods_of(actor) if one.code == PERIOD)
        area = area_of(actor)
        for measure in measures(pack_of(period.pack_id)).values():
            found = explained(actor, area, Cut(period), measure)
            if measure.fine:
                assert found.listed <= (found.number or 0), measure.key
            else:
                assert found.number == found.listed, measure.key


def test_the_explanation_says_how_when_and_who(depok):
    page = text(depok.upt_jabar, EXPLAIN, angka="disetujui")
    for words in (
        "Rumus",
        "Rencana yang disetujui atasan",
        "Kota Depok",
        "Data per",
        "Siapa melihat apa",
        "UU 27/2022",
    ):
        assert words in page
    assert Period.objects.get(code=PERIOD).pack.source.split(",")[0] in page
    assert depok.upt_jabar.get(EXPLAIN, {"angka": "tidak"}).status_code == 404


def test_each_number_of_the_page_leads_to_an_explanation(depok):
    page = depok.upt_jabar.get(PAGE, {"periode": PERIOD}).content.decode()
    links = {link.replace("&amp;", "&") for link in re.findall(rf'href="({EXPLAIN}\?[^"]+)"', page)}
    assert len(links) > 15
    for link in links:
        assert depok.upt_jabar.get(link).status_code == 200


def test_the_file_holds_the_parts_and_the_sum(depok):
    answer = depok.upt_jabar.get(PAGE, {"periode": PERIOD, "unduh": "csv"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["Kab. Bekasi", "Kota Depok", "Jawa Barat"]
    assert [row[4] for row in rows[1:]] == ["0", "11", "11"]


def test_the_api_gives_the_same_numbers(depok):
    found = depok.upt_jabar.get("/api/v1/kinerja/progress/", {"periode": PERIOD}).json()
    assert (found["total"]["plans"], found["total"]["approved"], found["predicates"]) == (11, 7, {"baik": 7})
    query = {"periode": PERIOD, "angka": "disetujui"}
    number = depok.upt_jabar.get("/api/v1/kinerja/progress/explain/", query).json()
    assert number["rows"] == [{"code": "32.76", "name": "Kota Depok", "number": 7}]


# Small numbers


def test_few_predicates_of_a_school_are_shown_to_its_principal_only(cast):
    people(LEAST - 1, "99000001")
    fold()
    assert shown(cast, "kepsek").predicates == {"baik": LEAST - 1}
    for name in ("pusat", "upt_jabar", "dinas_depok", "pengawas"):
        found = shown(cast, name, npsn="99000001")
        assert (found.predicates, found.unshown["predicate"]) == ({}, LEAST - 1)
        page = text(cast.client(name), sekolah="99000001")
        assert "Terlalu sedikit untuk ditampilkan" in page
        explanation = text(cast.client(name), EXPLAIN, sekolah="99000001", angka="predikat-baik")
        assert f"{LEAST - 1} rencana tidak dirinci" in explanation


def test_from_five_on_a_school_is_shown(cast):
    people(LEAST, "99000001")
    fold()
    assert shown(cast, "dinas_depok", npsn="99000001").predicates == {"baik": LEAST}


def test_a_principal_is_never_told_by_taking_the_teachers_away(cast):
    people(LEAST, "99000001")
    plan_of("kepsek", "99000001", "final", of_principal=True)
    fold()
    everybody = shown(cast, "upt_jabar", npsn="99000001")
    teachers = shown(cast, "upt_jabar", npsn="99000001", kind="guru")
    assert everybody.predicates == teachers.predicates
    assert everybody.unshown["predicate"] == 1


def test_a_small_school_is_not_told_by_taking_its_neighbours_away(cast):
    make_school(npsn="99000011", name="SD Contoh Pancoran Mas 2", bentuk="SD", level="d", kecamatan="32.76.01")
    people(LEAST + 2, "99000001")
    people(2, "99000011")
    fold()
    assert shown(cast, "dinas_depok", wilayah="32.76.01").predicates == {"baik": LEAST + 4}
    assert shown(cast, "dinas_depok", npsn="99000001").predicates == {}
    explanation = text(cast.dinas_depok, EXPLAIN, wilayah="32.76.01", angka="predikat-baik")
    assert "Tidak ada baris dengan angka di atas nol" in explanation


@pytest.mark.parametrize(
    ("totals", "hidden"),
    [
        ({"a": 9}, set()),
        ({"a": 4}, {"a"}),
        ({"a": 2, "b": 8, "c": 6}, {"a", "c"}),
        ({"a": 3, "b": 3, "c": 6}, {"a", "b"}),
        ({"a": 0, "b": 8}, set()),
    ],
)
def test_what_is_withheld_is_never_between_one_and_four(totals, hidden):
    assert withheld(totals) == hidden


# Cost


@pytest.mark.parametrize("name", [*OFFICES, "pengawas", "kepsek"])
def test_the_page_costs_the_same_with_one_plan_and_with_many_in_at_most_six_statements(cast, name):
    plan_of("guru", "99000001")
    fold()
    queries = []
    for more in range(2):
        queries.append(asked(cast.client(name), PAGE, {"periode": PERIOD}))
        if not more:
            people(20, "99000001")
            make_school(npsn="99000012", name="SD Contoh Bekasi", bentuk="SD", level="d", kecamatan="32.16.06")
            people(3, "99000012", "diajukan")
            Wilayah.objects.create(code="32.77", level="kabkota", name="Kota Cimahi", parent_id="32")
            fold()
    assert len(queries[0]) == len(queries[1]) <= 6, "\n".join(queries[1])


@pytest.mark.parametrize(
    ("approved", "teachers", "said", "heard"),
    [(1, 3530, "&lt;1%", "1 dari 3.530"), (3, 600, "1%", ""), (399, 400, "&gt;99%", "399 dari 400")],
)
def test_a_share_is_not_rounded_to_none_nor_to_all(cast, approved, teachers, said, heard):
    School.objects.filter(npsn="99000001").update(guru=teachers)
    people(1, "99000001", "disetujui")
    fold()
    Tally.objects.filter(dimension="state", value="disetujui").update(count=approved)
    page = cast.pusat.get(PAGE, {"periode": PERIOD}).content.decode()
    shown = f'<span aria-hidden="true">{said}</span><span class="hide">{heard}</span>' if heard else said
    assert f"<small>{shown}</small>" in page
    assert f"({shown})</td>" in page
    if heard:
        assert f">{said[:-1]}</text>" in page
        assert f'aria-label="Jawa Barat: {heard}"' in page
    file = cast.pusat.get(PAGE, {"periode": PERIOD, "unduh": "csv"}).content.decode("utf-8-sig")
    row = next(one for one in csv.DictReader(io.StringIO(file)) if one["Wilayah"] == "Jawa Barat")
    assert (row["Disetujui"], row["Guru (Dapodik)"]) == (str(approved), str(teachers))
    assert row["Disetujui (%)"].isdigit()
