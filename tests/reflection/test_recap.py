"""The recap for Pusat: who reported when, and what all UPT said (RF-10)."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from coordination.actors.documents.tables import safe
from reflection.models import Kind, Obligation
from reflection.models.reports import RANKS
from reflection.selectors.recap import prefix_query

from .reports import fill, make_cycles, obligation, send, start, write

pytestmark = pytest.mark.usefixtures("in_november")
SIKLUS = "2026-4"
OFFICES = (("upt_jabar", "bbgp_jabar"), ("upt_kaltim", "bgp_kaltim"), ("upt_papua", "bgp_papua"))


@pytest.fixture
def sent(cast):
    """Jawa Barat in time, Kalimantan Timur late, Papua not at all, in a cycle that is over."""
    make_cycles()
    for name, office in OFFICES[:2]:
        report = start(cast, name, office, SIKLUS)
        fill(cast, report, name, word=f"Guru {office} berbagi praktik")
        send(cast, report, name)
    for office, day in (("bbgp_jabar", 10), ("bgp_kaltim", 20)):
        owed = Obligation.objects.filter(organisation__code=office, cycle__code=SIKLUS)
        owed.update(submitted_at=datetime(2026, 9, day, 3, tzinfo=UTC))


def test_each_number_leads_to_its_rows(cast, sent):
    page = cast.pusat.get(f"/rekap/?siklus={SIKLUS}")
    assert page.status_code == 200
    for province, standing, upt in (
        ("32", "tepat", "BBGP Jawa Barat"),
        ("64", "terlambat", "BGP Kalimantan Timur"),
        ("91", "belum", "BGP Papua"),
    ):
        link = f"/rekap/upt/?siklus={SIKLUS}&amp;provinsi={province}&amp;status={standing}"
        assert link in page.text
        rows = cast.pusat.get(link.replace("&amp;", "&"))
        assert f">{upt}<" in rows.text
        assert sum(other in rows.text for other in ("BBGP Jawa Barat", "BGP Kalimantan Timur", "BGP Papua")) == 1


def test_the_numbers_of_the_provinces_add_up_to_the_offices(cast, sent):
    page = cast.pusat.get(f"/rekap/?siklus={SIKLUS}")
    assert "3 UPT wajib melapor" in page.text
    assert [number for number, _label, _url in page.context["totals"]] == [1, 1, 0, 1]
    assert [one.total for one in page.context["provinces"]] == [1, 1, 1]


def test_all_priorities_of_a_component_with_their_counts(cast, sent):
    page = cast.pusat.get(f"/rekap/prioritas/?siklus={SIKLUS}&komponen=rtl")
    assert page.context["page_obj"].paginator.count == 10
    counts = {one.kind: (one.priorities, one.offices) for one in page.context["counts"]}
    assert counts == dict.fromkeys(Kind, (10, 2))


@pytest.mark.parametrize(
    ("asked", "found"),
    [("prakt guru", 60), ("PRAKTIK baik", 10), ("ktik", 0), ("bgp_kaltim", 30), ("!&|:*' \\", 60), ("", 60)],
)
def test_words_are_found_by_their_beginnings(cast, sent, asked, found):
    page = cast.pusat.get("/rekap/prioritas/", {"siklus": SIKLUS, "q": asked})
    assert page.context["page_obj"].paginator.count == found


def test_a_search_of_signs_alone_asks_for_nothing():
    assert prefix_query("& | ! :*") is None


def test_priorities_of_one_province(cast, sent):
    page = cast.pusat.get(f"/rekap/prioritas/?siklus={SIKLUS}&provinsi=64")
    assert page.context["page_obj"].paginator.count == 30


def test_a_later_version_replaces_what_the_recap_shows(cast, sent):
    report = start(cast, cycle=SIKLUS)
    cast.admin.post(f"/laporan/{report.pk}/putusan/", {"version": 1, "aksi": "kembali", "note_rtl": "Perjelas"})
    with cast.actor("upt_jabar").entered() as actor:
        write(actor, report, Kind.RTL, {rank: f"lebih jelas {rank}" for rank in RANKS})
    send(cast, report)
    page = cast.pusat.get(f"/rekap/prioritas/?siklus={SIKLUS}&komponen=rtl&q=jelas")
    assert page.context["page_obj"].paginator.count == 5


def test_a_draft_does_not_show_in_the_recap(cast, sent):
    start(cast, "upt_papua", "bgp_papua", SIKLUS)
    page = cast.pusat.get(f"/rekap/upt/?siklus={SIKLUS}&provinsi=91")
    assert "Belum dikirim" in page.text
    assert "Draf" not in page.text


def test_files_hold_no_formula(cast, sent):
    report = start(cast, "upt_papua", "bgp_papua", SIKLUS)
    fill(cast, report, "upt_papua", word="=HYPERLINK(1)")
    send(cast, report, "upt_papua")
    answer = cast.pusat.get(f"/rekap/prioritas/?siklus={SIKLUS}&provinsi=91&unduh=csv")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 31
    assert rows[1][3].startswith("'=HYPERLINK")
    book = cast.pusat.get(f"/rekap/prioritas/?siklus={SIKLUS}&provinsi=91&unduh=xlsx")
    sheet = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert sheet[1][3].startswith("=HYPERLINK"), "the words stay as they were written"
    assert sheet[1][2] == 1
    with ZipFile(BytesIO(book.content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml"), "and are text, not a formula"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_text(text):
    assert safe(text) == f"'{text}"


def test_the_list_of_offices_goes_into_a_file_too(cast, sent):
    answer = cast.pusat.get(f"/rekap/upt/?siklus={SIKLUS}&unduh=csv")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[5] for row in rows[1:]] == ["Tepat waktu", "Terlambat", "Belum, lewat batas"]


@pytest.mark.parametrize(
    "name", ["upt_jabar", "upt_jabar_head", "pmp_jabar", "dinas_jabar", "mitra", "guru", "outsider"]
)
@pytest.mark.parametrize("address", ["/rekap/", "/rekap/upt/", "/rekap/prioritas/", "/siklus/"])
def test_the_recap_is_pusats_alone(cast, sent, name, address):
    assert cast.client(name).get(address).status_code == 404


def test_an_unknown_cycle_does_not_exist(cast, sent):
    assert cast.pusat.get("/rekap/?siklus=1999-1").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("address", ["/rekap/", "/rekap/upt/", "/rekap/prioritas/"])
def test_the_recap_asks_a_bounded_number_of_statements(cast, django_assert_max_num_queries, number, address):
    make_cycles()
    for name, office in OFFICES[:number]:
        report = start(cast, name, office, SIKLUS)
        fill(cast, report, name)
        send(cast, report, name)
    client = cast.pusat
    with django_assert_max_num_queries(16):
        client.get(f"{address}?siklus={SIKLUS}")


def test_an_admin_of_pusat_extends_a_cycle_by_circular(cast):
    make_cycles()
    data = {
        "number": "0123/C/2026",
        "issued_on": "2026-11-01",
        "new_due_on": "2026-11-30",
        "reason": "Bencana",
        "reach": "provinsi",
        "provinces": ["91"],
    }
    assert cast.pusat.get("/siklus/2026-5/edaran/").status_code == 403
    assert cast.admin.post("/siklus/2026-5/edaran/", data).url == "/siklus/2026-5/"
    assert str(obligation("bgp_papua").due_on) == "2026-11-30"
    assert str(obligation("bbgp_jabar").due_on) == "2026-11-15"
    assert "0123/C/2026" in cast.pusat.get("/siklus/2026-5/").text
    assert "0123/C/2026" in cast.upt_papua.get("/laporan/").text
    refused = cast.admin.post("/siklus/2026-5/edaran/", data | {"number": "2", "new_due_on": "2026-11-01"})
    assert refused.status_code == 400
    assert "sesudah batas" in refused.text


def test_an_admin_of_pusat_plans_more_cycles(cast):
    make_cycles()
    assert cast.admin.post("/siklus/siapkan/", {"until": "2027-03-31"}).status_code == 302
    assert "Maret–April 2027" in cast.pusat.get("/siklus/").text
    assert cast.pusat.post("/siklus/siapkan/", {"until": "2027-12-31"}).status_code == 403


def test_an_admin_of_pusat_adds_a_rule_from_a_coming_cycle_on(cast):
    make_cycles()
    data = {
        "valid_from": "2027-01-01",
        "months": "3",
        "due_after_days": "15",
        "grace_days": "0",
        "units": ["bbgp", "bgp"],
    }
    address = "/admin/reflection/cyclerule/add/"
    assert cast.admin.post(address, data | {"valid_from": "2026-12-15"}).status_code == 200
    assert cast.admin.post(address, data).status_code == 302
    cast.admin.post("/siklus/siapkan/", {"until": "2027-01-31"})
    assert "Januari–Maret 2027" in cast.pusat.get("/siklus/").text
    assert cast.upt_jabar_head.get(address).status_code in (302, 403)
    for model in ("cycle", "circular", "cyclerule"):
        assert cast.admin.get(f"/admin/reflection/{model}/?q=2026").status_code == 200
