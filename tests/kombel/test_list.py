"""The list, the summary, the file and the API: whose rows, in which order, at which cost."""

import gzip
import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import QueryDict

from coordination.actors.actor import actor_for
from coordination.actors.models import Once
from coordination.actors.services.offices import save_organisation
from kombel.models import Kombel, Meeting
from kombel.selectors.listing import COUNT_CAP, Filters, kombel_rows, list_kombel
from tests.asked import asked
from tests.cast import make_person

from .make import make_antar, make_kombel, make_leader, make_meeting, many

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _today(on):
    on(TODAY)


def names(client, url="/kombel/") -> list[str]:
    return [row["name"] for row in client.get(url).context["listing"].rows]


@pytest.mark.parametrize("name", ["dinas_depok", "upt_jabar", "pusat", "guru"])
def test_the_list_takes_at_most_eight_statements_with_one_row_and_with_twenty(cast, name):
    client = cast.client(name)
    make_kombel()
    client.get("/kombel/")
    one = len(asked(client, "/kombel/"))
    many(19)
    assert len(asked(client, "/kombel/")) == one <= 8


def test_a_full_page_of_a_long_list_takes_at_most_eight_statements_and_is_small(cast):
    many(70)
    cast.upt_jabar.get("/kombel/")
    assert len(asked(cast.upt_jabar, "/kombel/")) <= 8
    page = cast.upt_jabar.get("/kombel/")
    assert page.text.count("<tr ") == 51
    assert "1–50 dari 70" in page.text
    assert len(gzip.compress(page.content)) < 20_000
    second = cast.upt_jabar.get("/kombel/?halaman=2")
    assert "51–70 dari 70" in second.text
    assert not set(names(cast.upt_jabar)) & set(names(cast.upt_jabar, "/kombel/?halaman=2"))


def test_the_longest_silence_comes_first(cast):
    make_kombel(name="Baru", last_meeting=TODAY)
    make_kombel("99000002", name="Lama", last_meeting=TODAY - timedelta(days=90))
    make_antar(name="Sedang", last_meeting=TODAY - timedelta(days=40))
    assert names(cast.dinas_depok) == ["Lama", "Sedang", "Baru"]


def test_nobody_sees_another_region(cast):
    make_kombel(name="Depok")
    make_kombel("99000005", name="Balikpapan")
    assert names(cast.dinas_depok) == names(cast.upt_jabar) == names(cast.kepsek) == ["Depok"]
    assert names(cast.dinas_balikpapan) == names(cast.upt_kaltim) == ["Balikpapan"]
    assert names(cast.upt_papua) == names(cast.outsider) == []
    for url in ("/kombel/?kabkota=64.71", "/kombel/?q=balik", "/kombel/?provinsi=64", "/kombel/?kecamatan=64.71.03"):
        assert "Balikpapan" not in cast.dinas_depok.get(url).text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("jenis=antar", {"KKG Contoh"}),
        ("jenjang=smk", {"MGMP Contoh"}),
        ("kabkota=32.76", {"KKG Contoh", "MGMP Contoh", "Kombel Contoh Melati"}),
        ("kecamatan=32.76.01", {"MGMP Contoh", "Kombel Contoh Melati"}),
        ("q=kombel%20c", {"Kombel Contoh Melati"}),
        ("q=Contoh", set()),
        ("keadaan=draft", {"Usulan"}),
        ("keadaan=tidak_aktif", {"Tutup"}),
        ("keadaan=senyap", {"KKG Contoh", "MGMP Contoh", "Kombel Contoh Melati"}),
        ("jenis=rusak&kabkota=x&halaman=-1", {"KKG Contoh", "MGMP Contoh", "Kombel Contoh Melati", "Usulan"}),
        ("q=%25", set()),
    ],
)
def test_each_filter_stands_in_the_address(cast, query, found):
    make_kombel()
    make_kombel("99000003", name="MGMP Contoh")
    make_antar(name="KKG Contoh")
    make_kombel("99000004", name="Usulan", state="draft")
    make_kombel("99000002", name="Tutup", state="tidak_aktif", closed_on=TODAY)
    assert set(names(cast.upt_jabar, f"/kombel/?{query}")) == found


def test_above_a_thousand_the_list_says_so_instead_of_counting(cast, monkeypatch):
    monkeypatch.setattr("kombel.selectors.listing.COUNT_CAP", 60)
    many(70)
    assert "1–50 dari lebih dari" in cast.dinas_depok.get("/kombel/").text
    assert COUNT_CAP == 1000


def test_the_regions_to_choose_from_are_the_actors_own(cast):
    make_kombel()
    dinas = cast.dinas_depok.get("/kombel/").text
    assert "Pancoran Mas</option>" in dinas
    assert "Kota Depok</option>" not in dinas
    upt = cast.upt_jabar.get("/kombel/").text
    assert "Kota Depok</option>" in upt
    assert "Kota Balikpapan</option>" not in upt
    assert '<option value="64"' in cast.pusat.get("/kombel/").text
    assert "f-kecamatan" not in cast.guru.get("/kombel/").text


def test_the_summary_counts_active_and_silent_by_region(cast):
    make_kombel(last_meeting=TODAY)
    make_kombel("99000002", name="Senyap", last_meeting=TODAY - timedelta(days=50))
    make_kombel("99000004", name="Bekasi", last_meeting=TODAY)
    make_kombel("99000005", name="Balikpapan")
    summary = cast.upt_jabar.get("/kombel/ringkasan/").context["summary"]
    assert [(one.name, one.active, one.silent) for one in summary.regions] == [
        ("Kota Depok", 2, 1),
        ("Kab. Bekasi", 1, 0),
    ]
    assert summary.trend[-1] == (date(2026, 11, 1), 3)
    by_district = cast.dinas_depok.get("/kombel/ringkasan/").context["summary"]
    assert [one.name for one in by_district.regions] == ["Beji", "Pancoran Mas"]
    assert cast.pusat.get("/kombel/ringkasan/").context["summary"].level == "provinsi"


def test_the_trend_counts_what_was_registered_and_what_closed(cast):
    make_kombel(registered_on=date(2026, 3, 9))
    make_kombel(name="Tutup", registered_on=date(2025, 6, 1), state="tidak_aktif", closed_on=date(2026, 5, 2))
    make_kombel(name="Usulan", state="draft")
    trend = dict(cast.dinas_depok.get("/kombel/ringkasan/").context["summary"].trend)
    assert [trend[date(2026, month, 1)] for month in (2, 3, 4, 5, 11)] == [1, 2, 2, 1, 1]


def test_the_summary_takes_the_same_statements_with_one_row_and_with_twenty(cast):
    make_kombel()
    cast.upt_jabar.get("/kombel/ringkasan/")
    one = len(asked(cast.upt_jabar, "/kombel/ringkasan/"))
    many(19)
    assert len(asked(cast.upt_jabar, "/kombel/ringkasan/")) == one


def test_the_page_of_one_kombel_takes_the_same_statements_with_one_row_and_with_twenty(cast):
    kombel = make_kombel()
    make_meeting(kombel, TODAY)
    cast.kepsek.get(f"/kombel/{kombel.pk}/")
    one = len(asked(cast.kepsek, f"/kombel/{kombel.pk}/"))
    for number in range(19):
        make_meeting(kombel, TODAY - timedelta(days=number))
    assert len(asked(cast.kepsek, f"/kombel/{kombel.pk}/")) == one


def test_the_file_holds_the_filtered_list_and_no_formula(cast):
    make_kombel(name="=HYPERLINK(1)")
    make_kombel("99000005", name="Balikpapan")
    response = cast.dinas_depok.get("/kombel/unduh/")
    assert response["Content-Disposition"].startswith("attachment")
    assert "'=HYPERLINK(1)" in response.text
    assert "Balikpapan" not in response.text
    assert "=HYPERLINK" not in cast.dinas_depok.get("/kombel/unduh/?jenis=antar").text


def test_the_api_lists_registers_and_documents(cast):
    post = {"content_type": "application/json"}
    body = {"name": "Kombel API", "kind": "dalam", "npsn": "99000001"}
    made = cast.kepsek.post("/api/v1/kombel/", json.dumps(body), **post)
    assert made.status_code == 201, made.text
    pk = made.json()["id"]
    assert [one["name"] for one in cast.dinas_depok.get("/api/v1/kombel/").json()["results"]] == ["Kombel API"]
    assert cast.dinas_balikpapan.get(f"/api/v1/kombel/{pk}/").status_code == 404
    one = cast.dinas_depok.get(f"/api/v1/kombel/{pk}/").json()
    assert {row["code"] for row in one["duties"]} == set("abcdefghij")
    held = {"topic": "Asesmen", "held_on": "2026-11-01", "present": 4, "token": str(uuid4())}
    url = f"/api/v1/kombel/{pk}/pertemuan/"
    assert cast.guru.post(url, json.dumps(held), **post).status_code == 403
    first, second = (cast.kepsek.post(url, json.dumps(held), **post) for _click in range(2))
    assert first.status_code == second.status_code == 201
    assert first.json()["id"] == second.json()["id"] == Meeting.objects.get().pk
    Once.objects.filter(token=held["token"]).update(outcome="/kombel/pertemuan/1/")
    assert cast.kepsek.post(url, json.dumps(held), **post).status_code == 404
    reflection = f"/api/v1/kombel/pertemuan/{first.json()['id']}/refleksi/"
    assert cast.kepsek.put(reflection, json.dumps({"went_well": "Baik", "version": 0}), **post).status_code == 200
    late = cast.kepsek.put(reflection, json.dumps({"went_well": "Lain", "version": 0}), **post)
    assert late.status_code == 409
    assert late.json()["theirs"] == {"Apa yang berjalan baik?": "Baik"}
    assert cast.guru.get(url).json()["results"][0]["reflection"]["went_well"] == "Baik"


@pytest.mark.parametrize(
    "body",
    [
        {"name": "X", "kind": "dalam", "npsn": "99000005"},
        {"name": "X", "kind": "antar", "form": "kkg", "wilayah": "64.71", "level": "d"},
        {"name": "X", "kind": "antar", "wilayah": "32.76"},
        {"name": "X", "kind": "daring", "wilayah": "99.99"},
    ],
)
def test_the_api_registers_nothing_elsewhere_or_incomplete(cast, body):
    response = cast.dinas_depok.post("/api/v1/kombel/", json.dumps(body), content_type="application/json")
    assert response.status_code in (400, 403, 404)
    assert not Kombel.objects.exists()


def test_the_admin_shows_an_area_and_changes_nothing(cast):
    make_kombel(name="Depok")
    make_kombel("99000005", name="Balikpapan")
    for table in ("kombel", "leader", "meeting"):
        assert cast.admin.get(f"/admin/kombel/{table}/").status_code == 200
    page = cast.admin.get("/admin/kombel/kombel/?q=dep").text
    assert "Depok" in page
    assert "Balikpapan" not in page.split('id="result_list"')[1]


def test_a_penggerak_reads_the_way_to_the_own_work_at_home(cast):
    kombel = make_kombel(last_meeting=TODAY - timedelta(days=28))
    make_leader(kombel, "penggerak")
    page = cast.penggerak.get("/").text
    assert f"/kombel/{kombel.pk}/pertemuan/baru/" in page


QUERIES = (
    "",
    "q=kombel contoh 1",
    "jenis=dalam",
    "jenis=antar&jenjang=sd",
    "keadaan=senyap",
    "keadaan=draft",
    "keadaan=tidak_aktif&provinsi=32",
    "keadaan=butuh_upt",
    "kabkota=32.76&kecamatan=32.76.06",
    "jenjang=smk",
)


@pytest.mark.parametrize("name", ["dinas_depok", "dinas_jabar", "upt_jabar", "upt_kaltim", "pusat", "kepsek", "mitra"])
def test_the_page_written_by_hand_shows_the_same_rows_as_the_queryset(cast, name):
    many(30)
    make_antar()
    make_kombel("99000003", "Kombel Contoh SMK")
    make_kombel("99000002", "Kombel Contoh usulan", state="draft")
    make_kombel("99000005", "Kombel Contoh Balikpapan", last_meeting=TODAY, contact_outcome="butuh_upt")
    make_kombel("99000002", "Kombel Contoh tutup", state="tidak_aktif", closed_on=TODAY)
    actor = cast.actor(name)
    for query in QUERIES:
        filters = Filters.read(QueryDict(query))
        with actor.entered():
            listing = list_kombel(actor, filters, 1, silent_days=30)
            expected = list(kombel_rows(actor, filters, silent_days=30).values_list("id", "name", "school__name"))
        assert [(row["id"], row["name"], row["school_name"]) for row in listing.rows] == expected, query
        assert listing.total == len(expected)


def test_a_vocational_upt_asking_for_another_jenjang_finds_nothing(cast):
    make_kombel()
    make_kombel("99000003", "Kombel Contoh SMK")
    save_organisation(
        code="bbppmpv_contoh", unit="bbppmpv", name="BBPPMPV", short_name="BBPPMPV", wilayah=None, serves=[]
    )
    actor = actor_for(make_person("vokasi", "upt_coordinator", "bbppmpv_contoh"))
    with actor.entered():
        assert [row["name"] for row in list_kombel(actor, Filters(), 1, silent_days=30).rows] == ["Kombel Contoh SMK"]
        assert list_kombel(actor, Filters(jenjang="sd"), 1, silent_days=30).rows == []


def test_a_page_past_the_end_is_empty_and_still_knows_how_many_there_are(cast):
    many(3)
    actor = cast.actor("dinas_depok")
    with actor.entered():
        listing = list_kombel(actor, Filters(), 5, silent_days=30)
    assert (listing.rows, listing.total) == ([], 3)
