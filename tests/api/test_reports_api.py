"""The API of reports: the same doors, the same services, the same refusals as the pages."""

from uuid import uuid4

import pytest

from reflection.models import Kind, ReportVersion
from tests.reflection.reports import fill, make_cycles, obligation, start

pytestmark = pytest.mark.usefixtures("in_november")


@pytest.fixture
def report(cast):
    make_cycles()
    return start(cast)


def test_pusat_is_not_told_whether_a_draft_has_been_begun(cast, report):
    states = {one["id"]: one["state"] for one in cast.pusat.get("/api/v1/laporan/").json()["results"]}
    assert states[report.pk] is None
    own = {one["id"]: one["state"] for one in cast.upt_jabar.get("/api/v1/laporan/").json()["results"]}
    assert own[report.pk] == "draf"


def put(client, report, kind: str, **data):
    return client.put(f"/api/v1/laporan/{report.pk}/komponen/{kind}/", data, content_type="application/json")


def test_a_upt_lists_begins_writes_and_sends_its_report(cast):
    make_cycles()
    listed = cast.upt_jabar.get("/api/v1/laporan/").json()
    assert [one["cycle"] for one in listed["results"]] == ["2026-6", "2026-5", "2026-4", "2026-3"]
    owed = obligation()
    address = f"/api/v1/laporan/{owed.pk}/"
    assert cast.upt_jabar.get(address).status_code == 404
    assert cast.upt_jabar.post(address).status_code == 201
    report = owed.report
    for kind in Kind:
        texts = {str(rank): f"isi {rank}" for rank in range(1, 6)}
        assert put(cast.upt_jabar, report, kind, version=1, texts=texts).json()["version"] == 2
    draft = cast.upt_jabar.get(address).json()
    assert draft["gaps"] == []
    data = {"token": str(uuid4()), "seen": draft["seen"]}
    for _twice in range(2):
        sent = cast.upt_jabar.post(f"{address}kirim/", data, content_type="application/json")
        assert sent.json()["number"] == 1
    assert ReportVersion.objects.count() == 1
    assert cast.pusat.get(f"{address}versi/1/").json()["content"]["upt"] == "BBGP Jawa Barat"


def test_a_stale_write_is_a_conflict(cast, report):
    put(cast.upt_jabar, report, "rtl", version=1, texts={"1": "satu"})
    assert put(cast.upt_jabar, report, "rtl", version=1, texts={"1": "dua"}).status_code == 409


def test_a_rank_beyond_five_is_refused(cast, report):
    assert put(cast.upt_jabar, report, "rtl", version=1, texts={"6": "enam"}).status_code == 400


def test_pusat_reads_no_draft_and_decides_what_was_sent(cast, report):
    address = f"/api/v1/laporan/{report.pk}/"
    assert cast.admin.get(address).status_code == 404
    fill(cast, report)
    draft = cast.upt_jabar.get(address).json()
    data = {"token": str(uuid4()), "seen": draft["seen"]}
    cast.upt_jabar.post(f"{address}kirim/", data, content_type="application/json")
    assert cast.admin.get(address).status_code == 404
    verdict = {"version": 1, "verb": "return", "comments": {"rtl": "Perjelas"}}
    assert cast.pusat.post(f"{address}putusan/", verdict, content_type="application/json").status_code == 403
    assert cast.admin.post(f"{address}putusan/", verdict, content_type="application/json").status_code == 201
    found = cast.pusat.get("/api/v1/rekap/prioritas/?siklus=2026-5&komponen=rtl&q=isi").json()
    assert found["count"] == 5


@pytest.mark.parametrize("name", ["pmp_jabar", "dinas_jabar", "guru", "outsider"])
def test_nobody_else_reaches_it(cast, report, name):
    client = cast.client(name)
    assert client.get(f"/api/v1/laporan/{report.pk}/").status_code == 404
    assert client.get("/api/v1/rekap/?siklus=2026-5").status_code == 404
    assert client.get("/api/v1/laporan/").json()["results"] == []


def test_the_recap_names_each_office_and_how_it_stands(cast, report):
    rows = cast.pusat.get("/api/v1/rekap/?siklus=2026-5").json()
    assert {row["organisation"] for row in rows} == {"bbgp_jabar", "bgp_kaltim", "bgp_papua"}


def test_a_circular_is_recorded_by_an_admin_of_pusat(cast, report):
    data = {
        "number": "7/2026", "cycle": "2026-5", "issued_on": "2026-11-01", "new_due_on": "2026-12-01",
        "reason": "Bencana", "reach": "kantor", "offices": ["bgp_papua"],
    }  # fmt: skip
    assert cast.upt_jabar.post("/api/v1/siklus/edaran/", data, content_type="application/json").status_code == 403
    assert cast.admin.post("/api/v1/siklus/edaran/", data, content_type="application/json").status_code == 201
    assert str(obligation("bgp_papua").due_on) == "2026-12-01"


@pytest.mark.parametrize("body", ["[" * 3000, '{"reason_fewer": "\\ud800"}'], ids=["too deep", "half a character"])
def test_json_that_nothing_can_keep_is_refused(cast, report, body):
    address = f"/api/v1/laporan/{report.pk}/komponen/baik/"
    answer = cast.upt_jabar.put(address, body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json() == {"detail": "Isi JSON ini tidak bisa dibaca."}
