"""Few plans at a school: an office reads their stages, never one person's state, indicator or predicate."""

import csv
import io

import pytest

from coordination.actors.models import School
from kinerja.models import Plan
from kinerja.rules.small import LEAST

from .test_counts import plan_of
from .test_counts_pages import EXPLAIN, PAGE, PERIOD, fold, people, shown, text

API = "/api/v1/kinerja/progress/"
SCHOOL = "99000001"
READERS = ("pusat", "upt_jabar", "dinas_depok", "pengawas")


def objected(number: int) -> None:
    """So many rated teachers of a school, one of whom objects."""
    people(number, SCHOOL, "dinilai")
    Plan.objects.filter(owner__username=f"orang_{SCHOOL}_0").update(state="keberatan")
    fold()


def told(client, key: str, **query) -> dict:
    return client.get(f"{API}explain/", {"periode": PERIOD, "sekolah": SCHOOL, "angka": key, **query}).json()


@pytest.mark.parametrize("name", READERS)
def test_of_few_plans_an_office_reads_the_stage_alone(cast, name):
    objected(LEAST - 1)
    found = shown(cast, name, npsn=SCHOOL)
    assert found.total.stages == {"perencanaan": 0, "pelaksanaan": 0, "penilaian": LEAST - 1, "selesai": 0}
    assert found.states["keberatan"] is found.states["dinilai"] is None
    assert found.states["dikembalikan"] == found.states["final"] == 0
    assert (found.indicators, found.predicates) == ({}, {})
    page = text(cast.client(name), sekolah=SCHOOL)
    assert "Keberatan diajukan" not in page
    assert page.count("Terlalu sedikit untuk ditampilkan") == 3
    assert "4 rencana tidak dirinci, agar seseorang tidak bisa ditebak." in page


def test_a_principal_reads_the_own_school_in_full(cast):
    objected(LEAST - 1)
    found = shown(cast, "kepsek")
    assert (found.states["keberatan"], found.indicators.total()) == (1, LEAST - 1)
    page = text(cast.kepsek)
    assert "Keberatan diajukan: 1" in page
    assert "terlalu sedikit" not in page.lower()


@pytest.mark.parametrize("name", READERS)
def test_from_five_plans_on_the_states_and_indicators_are_shown(cast, name):
    objected(LEAST)
    found = shown(cast, name, npsn=SCHOOL)
    assert (found.states["keberatan"], found.indicators.total()) == (1, LEAST)
    assert "Keberatan diajukan: 1" in text(cast.client(name), sekolah=SCHOOL)


def test_no_filter_and_no_difference_tells_the_state_of_the_principal(cast):
    objected(LEAST)
    plan_of("kepsek", SCHOOL, "dikembalikan", of_principal=True)
    fold()
    assert shown(cast, "pusat", npsn=SCHOOL, kind="ks").states["dikembalikan"] is None
    everybody, teachers = (shown(cast, "pusat", npsn=SCHOOL, kind=kind).shown["state"] for kind in ("", "guru"))
    assert everybody == teachers


@pytest.mark.parametrize("key", ["keadaan-keberatan", "indikator-suasana_kelas", "predikat-baik", "predikat-kurang"])
def test_what_the_page_withholds_is_never_explained_as_zero(cast, key):
    objected(LEAST - 1)
    page = text(cast.pusat, EXPLAIN, sekolah=SCHOOL, angka=key)
    assert "Terlalu sedikit untuk ditampilkan" in page
    assert "4 rencana tidak dirinci" in page
    found = told(cast.pusat, key)
    assert (found["number"], found["unshown"], found["rows"]) == (None, LEAST - 1, [])
    assert found["reason"] == "4 rencana tidak dirinci, agar seseorang tidak bisa ditebak."
    below = told(cast.upt_jabar, key, sekolah="", wilayah="32.76.01")
    assert (below["number"], below["rows"]) == (None, [])


def test_what_is_known_is_explained_with_its_number(cast):
    objected(LEAST - 1)
    assert told(cast.pusat, "tahap-penilaian")["number"] == LEAST - 1
    assert (told(cast.pusat, "keadaan-draf")["number"], told(cast.pusat, "keadaan-draf")["unshown"]) == (0, LEAST - 1)
    assert told(cast.kepsek, "predikat-kurang", sekolah="")["number"] == 0


def test_the_parts_come_with_stages_in_the_file_and_the_api(cast):
    objected(LEAST - 1)
    query = {"periode": PERIOD, "wilayah": "32.76.01"}
    answer = cast.upt_jabar.get(API, query).json()
    assert answer["states"]["keberatan"] is None
    assert [one["stages"]["penilaian"] for one in answer["parts"] if one["code"] == SCHOOL] == [LEAST - 1]
    assert not [part for part in (*answer["parts"], answer["total"]) if "states" in part]
    written = cast.upt_jabar.get(PAGE, {**query, "unduh": "csv"}).content.decode("utf-8-sig")
    head = next(csv.reader(io.StringIO(written)))
    assert head[-4:] == ["Perencanaan", "Pelaksanaan", "Penilaian", "Selesai"]


def test_the_indicator_says_from_when_it_counts(cast):
    objected(LEAST)
    page = text(cast.pusat, EXPLAIN, sekolah=SCHOOL, angka="indikator-suasana_kelas")
    assert "dihitung sejak rencananya disetujui" in page


def test_without_a_number_of_teachers_the_page_says_that_it_is_missing(cast):
    School.objects.update(guru=None)
    objected(LEAST)
    page = text(cast.pusat, sekolah=SCHOOL)
    assert page.count("jumlah guru belum diimpor") == 1
    assert "dari 0 guru" not in page


@pytest.mark.parametrize(("name", "zone"), [("upt_papua", "WIT"), ("upt_kaltim", "WITA"), ("upt_jabar", "WIB")])
def test_the_time_of_counting_is_in_the_readers_zone(cast, name, zone):
    fold()
    for address in (PAGE, EXPLAIN):
        page = text(cast.client(name), address, angka="rencana")
        assert page.split("Data per")[1].split()[4].strip(".") == zone


@pytest.mark.parametrize(("address", "known"), [(API, "jenis"), (f"{API}explain/", "angka")])
def test_the_api_refuses_parameters_it_does_not_know(cast, address, known):
    answer = cast.pusat.get(address, {"angka": "rencana", "provinsi": "32"} if known == "angka" else {"provinsi": "32"})
    assert answer.status_code == 400
    assert "periode, wilayah, sekolah, jenjang, jenis" in answer.content.decode()
    assert known in answer.content.decode()
