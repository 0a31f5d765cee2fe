"""The pages of a report, as its people see them (ux.md, journey UPT)."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse
from pypdf import PdfReader

from coordination.actors.actor import Acting
from coordination.actors.models import User
from reflection.models import Collaborator, Kind, Priority, Report, ReportVersion
from reflection.selectors.drafts import draft_of
from reflection.services.grants import add_collaborator
from reflection.services.submission import fingerprint

from .reports import fill, make_cycles, obligation, send, start

pytestmark = pytest.mark.usefixtures("in_november")


@pytest.fixture
def report(cast):
    make_cycles()
    return start(cast)


def url(name: str, report: Report, *more) -> str:
    return reverse(f"reflection:{name}", args=[report.pk, *more])


def form(version: int = 1, aksi: str = "simpan", reason: str = "", **texts) -> dict:
    return {"version": version, "aksi": aksi, "reason_fewer": reason, **texts}


def submission(report: Report) -> dict:
    return {"token": str(uuid4()), "seen": fingerprint(draft_of(report))}


def test_the_list_offers_to_begin_what_is_owed_and_open(cast):
    make_cycles()
    page = cast.upt_jabar.get("/laporan/")
    assert page.status_code == 200
    assert "September–Oktober 2026" in page.text
    assert "Susun laporan" in page.text
    answer = cast.upt_jabar.post(reverse("reflection:report_start", args=[obligation().pk]))
    assert answer.url == url("report", Report.objects.get())


def test_the_list_begins_with_the_present_cycle_and_ends_with_the_farthest_to_come(cast, monkeypatch):
    make_cycles(since=date(2026, 1, 1))
    monkeypatch.setattr(Acting, "today", lambda acting: date(2026, 6, 15))
    rows = cast.upt_jabar.get("/laporan/").context["rows"]
    codes = [row["owed"].cycle.code for row in rows]
    assert codes == ["2026-3", "2026-2", "2026-1", "2026-4", "2026-5", "2026-6"]


@pytest.mark.parametrize("name", ["pusat", "dinas_depok", "mitra", "guru", "penggerak", "outsider"])
def test_who_owes_no_report_has_no_list(cast, name):
    make_cycles()
    assert cast.client(name).get("/laporan/").status_code == 404


def test_the_hub_counts_what_is_filled(cast, report):
    address = url("component", report, "rtl")
    answer = cast.upt_jabar.post(address, form(text_1="satu", text_2="dua", text_3="tiga"))
    assert answer.url == address
    page = cast.upt_jabar.get(url("report", report))
    assert "Komponen 4: 3 dari 5 terisi" in page.text
    assert "Rencana tindak lanjut hasil refleksi" in page.text


def test_the_hub_calls_done_what_the_check_calls_done(cast, report):
    few = {"text_1": "satu", "text_2": "dua", "reason_fewer": "Hanya ada 2 hal"}
    for kind in Kind:
        fields = few if kind != Kind.MITIGASI else {"text_1": "satu"}
        cast.upt_jabar.post(url("component", report, kind), form(**fields))
    assert "Enam komponen, 5 lengkap" in cast.upt_jabar.get(url("report", report)).text
    cast.upt_jabar.post(url("component", report, "mitigasi"), form(version=2, text_1="satu", text_2="dua"))
    assert "Enam komponen, 6 lengkap" in cast.upt_jabar.get(url("report", report)).text
    assert "Keenam komponen siap dikirim." in cast.upt_jabar.get(url("report_check", report)).text


def test_two_people_at_one_component_get_both_versions_and_either_way_on(cast, report):
    with cast.actor("upt_jabar").entered() as actor:
        add_collaborator(actor=actor, report=report, email="upt_jabar_staff@contoh.id")
    address = url("component", report, "baik")
    cast.upt_jabar.post(address, form(text_1="dari koordinator"))
    told = cast.upt_jabar_staff.post(address, form(text_1="dari staf"))
    assert told.status_code == 409
    assert "dari staf" in told.text
    assert "dari koordinator" in told.text
    assert 'name="version" value="2"' in told.text
    assert "dari koordinator" in cast.upt_jabar_staff.get(address).text
    assert cast.upt_jabar_staff.post(address, form(version=2, text_1="dari staf")).status_code == 302
    assert Priority.objects.get(component__kind="baik", rank=1).text == "dari staf"


def test_a_draft_keeps_itself_and_says_the_version_and_the_time(cast, report):
    address = url("component_draft", report, "baik")
    saved = cast.upt_jabar.post(address, form(text_1="sedang ditulis"))
    assert saved.json()["version"] == 2
    assert "." in saved.json()["saved"]
    stale = cast.upt_jabar.post(address, form(text_1="yang lama"))
    assert stale.status_code == 409
    assert stale.json()["detail"]
    assert cast.upt_jabar_head.post(address, form(version=2)).status_code == 403


def test_a_text_that_is_too_long_is_kept_on_the_page(cast, report):
    page = cast.upt_jabar.post(url("component", report, "baik"), form(text_1="a" * 1001, text_2="tetap ada"))
    assert page.status_code == 400
    assert "tetap ada" in page.text


def test_places_move_merge_and_empty_by_buttons(cast, report):
    address = url("component", report, "baik")
    cast.upt_jabar.post(address, form(aksi="naik-2", text_1="a", text_2="b", text_3="c"))
    assert texts("baik") == ["b", "a", "c", "", ""]
    cast.upt_jabar.post(address, form(version=3, aksi="gabung-2", text_1="b", text_2="a", text_3="c"))
    assert texts("baik") == ["b; a", "", "c", "", ""]
    cast.upt_jabar.post(address, form(version=4, aksi="kosong-1", text_1="b; a", text_3="c"))
    assert texts("baik") == ["", "", "c", "", ""]


def test_a_risk_stands_beside_its_mitigation(cast, report):
    cast.upt_jabar.post(url("component", report, "risiko"), form(text_2="Penggerak pindah tugas"))
    page = cast.upt_jabar.get(url("component", report, "mitigasi"))
    assert "Untuk risiko: Penggerak pindah tugas" in page.text


def test_what_somebody_typed_is_never_markup(cast, report):
    bad = "<img src=x onerror=alert(1)>"
    cast.upt_jabar.post(url("component", report, "risiko"), form(text_1=bad))
    cast.upt_jabar.post(url("component", report, "mitigasi"), form(text_1=bad, reason=bad))
    for kind in ("risiko", "mitigasi"):
        assert "<img src=x" not in cast.upt_jabar.get(url("component", report, kind)).text
    stale = cast.upt_jabar.post(url("component", report, "mitigasi"), form(text_1="lain"))
    assert stale.status_code == 409
    assert "<img src=x" not in stale.text
    assert "<img src=x" not in cast.upt_jabar.get(url("report_check", report)).text


def test_staff_who_are_not_registered_read_without_a_form(cast, report):
    cast.upt_jabar.post(url("component", report, "baik"), form(text_1="terbaca"))
    page = cast.upt_jabar_staff.get(url("component", report, "baik"))
    assert "terbaca" in page.text
    assert "<textarea" not in page.text
    answer = cast.upt_jabar_staff.post(url("component", report, "baik"), form(version=2, text_1="x"))
    assert answer.status_code == 403


def test_the_check_page_names_each_gap_with_a_link_and_no_button(cast, report):
    cast.upt_jabar.post(url("component", report, "rtl"), form(text_1="satu"))
    page = cast.upt_jabar.get(url("report_check", report))
    assert f'href="{url("component", report, "rtl")}"' in page.text
    assert "Baru 1 dari 5 terisi" in page.text
    assert "Kirim ke Pusat" not in page.text


def test_sending_gives_a_receipt_in_the_offices_time(cast, report):
    fill(cast, report)
    assert "Kirim ke Pusat" in cast.upt_jabar.get(url("report_check", report)).text
    answer = cast.upt_jabar.post(url("report_check", report), submission(report))
    assert answer.url == url("report_receipt", report)
    page = cast.upt_jabar.get(answer.url)
    assert "Laporan September–Oktober 2026 terkirim" in page.text
    assert "WIB" in page.text


def test_a_double_click_is_one_version(cast, report):
    fill(cast, report)
    data = submission(report)
    first = cast.upt_jabar.post(url("report_check", report), data)
    second = cast.upt_jabar.post(url("report_check", report), data)
    assert first.url == second.url
    assert ReportVersion.objects.count() == 1


def test_the_pdf_is_tagged_and_says_what_was_sent(cast, report):
    fill(cast, report, word="Murid lebih berani")
    send(cast, report)
    answer = cast.pusat.get(url("version_pdf", report, 1))
    assert answer["Content-Type"] == "application/pdf"
    assert "laporan-bbgp_jabar-2026-5-v1.pdf" in answer["Content-Disposition"]
    pdf = PdfReader(BytesIO(answer.content))
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "Murid lebih berani baik 1" in text
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "id"


def test_pusat_reads_what_was_sent_returns_it_and_reads_the_difference(cast, report):
    fill(cast, report)
    assert cast.admin.get(url("report", report)).status_code == 404
    send(cast, report)
    assert cast.admin.get(url("report", report)).url == url("version", report, 1)
    assert "Putuskan" in cast.admin.get(url("version", report, 1)).text
    answer = cast.admin.post(
        url("report_decide", report), {"version": 1, "aksi": "kembali", "note_rtl": "Sebutkan tanggalnya"}
    )
    assert answer.url == url("version", report, 1)
    hub = cast.upt_jabar.get(url("report", report))
    assert "Sebutkan tanggalnya" in hub.text
    assert hub.text.count("Terkunci") == 5
    page = cast.upt_jabar.get(url("component", report, "rtl"))
    assert "Sebutkan tanggalnya" in page.text
    version = report.components.get(kind="rtl").version
    given = {f"text_{rank}": f"isi rtl {rank} pada Mei" for rank in range(1, 6)}
    cast.upt_jabar.post(url("component", report, "rtl"), form(version=version, **given))
    cast.upt_jabar.post(url("report_check", report), submission(report))
    page = cast.pusat.get(url("report_compare", report) + "?dari=1&ke=2")
    assert "<ins>" in page.text
    assert "pada Mei" in page.text
    assert cast.admin.post(url("report_decide", report), {"version": 2, "aksi": "terima"}).status_code == 302
    refused = cast.admin.post(url("report_decide", report), {"version": 2, "aksi": "buka"})
    assert refused.status_code == 400
    assert "Alasan wajib diisi" in refused.text
    assert "Diterima" in cast.upt_jabar.get(url("report", report)).text


def test_an_accepted_report_can_be_reopened_and_not_decided_again(cast, report):
    fill(cast, report)
    send(cast, report)
    cast.admin.post(url("report_decide", report), {"version": 1, "aksi": "terima"})
    page = cast.admin.get(url("version", report, 1)).text
    assert "Putuskan" not in page
    assert "Buka kembali" in page
    page = cast.admin.get(url("report_decide", report)).text
    assert "Buka kembali laporan BBGP Jawa Barat" in page
    assert "Putuskan" not in page
    assert 'value="terima"' not in page


def test_a_locked_part_shows_what_was_filled_in_and_no_empty_places(cast, report):
    fill(cast, report)
    send(cast, report)
    assert "Tidak ada isian" not in cast.upt_jabar.get(url("component", report, "baik")).text
    Priority.objects.filter(component__kind="baik", rank__gt=2).update(text="")
    page = cast.upt_jabar.get(url("component", report, "baik")).text
    assert "Kosong" not in page
    assert page.count("<li value=") == 2


def test_a_reader_at_pusat_reads_and_does_not_decide(cast, report):
    fill(cast, report)
    send(cast, report)
    assert "Putuskan" not in cast.pusat.get(url("version", report, 1)).text
    assert cast.pusat.get(url("report_decide", report)).status_code == 403
    assert cast.pusat.post(url("report_decide", report), {"version": 1, "aksi": "terima"}).status_code == 403


@pytest.mark.parametrize("name", ["pmp_jabar", "upt_kaltim", "dinas_jabar", "dinas_depok", "mitra", "guru", "outsider"])
def test_the_report_does_not_exist_for_anybody_else(cast, report, name):
    fill(cast, report)
    send(cast, report)
    client = cast.client(name)
    for address in (
        url("report", report),
        url("component", report, "baik"),
        url("report_check", report),
        url("report_team", report),
        url("version", report, 1),
        url("version_pdf", report, 1),
        url("report_compare", report),
        url("report_decide", report),
        url("report_receipt", report),
    ):
        assert client.get(address).status_code == 404, address


@pytest.mark.parametrize("name", ["pmp_jabar", "outsider"])
def test_a_guest_opens_the_one_report_writes_and_cannot_send(cast, report, name):
    other = start(cast, cycle="2026-4")
    guest = cast.client(name)
    answer = cast.upt_jabar.post(url("report_team", report), {"email": f"{name}@contoh.id"})
    assert answer.status_code == 302
    fill(cast, report)
    assert "BBGP Jawa Barat" in guest.get("/laporan/").text
    assert guest.get(url("report", report)).status_code == 200
    address = url("component", report, "baik")
    assert "<textarea" in guest.get(address).text
    version = report.components.get(kind="baik").version
    texts_ = {f"text_{rank}": f"dari tamu {rank}" for rank in range(1, 6)}
    assert guest.post(address, form(version=version, **texts_)).status_code == 302
    assert texts("baik", report)[0] == "dari tamu 1"
    assert "Kirim ke Pusat" not in guest.get(url("report_check", report)).text
    assert guest.post(url("report_check", report), submission(report)).status_code == 403
    assert guest.post(url("report_team", report), {"email": "guru@contoh.id"}).status_code == 403
    for address in (url("report", other), url("component", other, "baik"), url("report_team", other)):
        assert guest.get(address).status_code == 404


def test_a_guest_who_is_taken_off_sees_nothing_any_more(cast, report):
    cast.upt_jabar.post(url("report_team", report), {"email": "pmp_jabar@contoh.id"})
    one = Collaborator.objects.get(user__username="pmp_jabar")
    cast.upt_jabar.post(url("collaborator_remove", report, one.pk))
    assert cast.pmp_jabar.get(url("report", report)).status_code == 404


def test_a_colleague_who_left_the_upt_does_not_keep_the_door(cast, report):
    cast.upt_jabar.post(url("report_team", report), {"email": "upt_jabar_staff@contoh.id"})
    User.objects.get(username="upt_jabar_staff").memberships.update(until="2026-01-02")
    assert cast.upt_jabar_staff.get(url("report", report)).status_code == 404


def test_the_pj_hands_over_to_a_colleague(cast, report):
    cast.upt_jabar.post(url("report_team", report), {"email": "upt_jabar_staff@contoh.id"})
    one = Collaborator.objects.get(user__username="upt_jabar_staff")
    cast.upt_jabar.post(url("collaborator_pj", report, one.pk))
    report.refresh_from_db()
    assert report.pj.username == "upt_jabar_staff"


def test_starting_from_the_last_report_fills_empty_components(cast, report):
    before = start(cast, cycle="2026-4")
    fill(cast, before, word="dulu")
    send(cast, before)
    assert "Mulai dari laporan lalu" in cast.upt_jabar.get(url("report", report)).text
    cast.upt_jabar.post(url("report_prefill", report))
    assert texts("dampak", report)[0] == "dulu dampak 1"


def test_an_unknown_component_or_version_does_not_exist(cast, report):
    assert cast.upt_jabar.get(url("component", report, "lain")).status_code == 404
    assert cast.upt_jabar.get(url("version", report, 1)).status_code == 404
    assert cast.upt_jabar.get(url("report_receipt", report)).status_code == 404
    assert cast.upt_jabar.get(url("report_compare", report)).status_code == 404


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_asks_a_bounded_number_of_statements(cast, django_assert_max_num_queries, number):
    for cycle in make_cycles(since=date(2023, 9, 1))[:number]:
        start(cast, cycle=cycle.code)
    client = cast.upt_jabar
    with django_assert_max_num_queries(18):
        client.get("/laporan/")


def test_hub_and_component_ask_a_bounded_number_of_statements(cast, report, django_assert_max_num_queries):
    fill(cast, report)
    client = cast.upt_jabar
    with django_assert_max_num_queries(16):
        client.get(url("report", report))
    with django_assert_max_num_queries(16):
        client.get(url("component", report, "rtl"))


def texts(kind: str, report: Report | None = None) -> list[str]:
    rows = Priority.objects.filter(component__kind=Kind(kind))
    rows = rows.filter(report=report) if report else rows
    return list(rows.order_by("rank").values_list("text", flat=True))
