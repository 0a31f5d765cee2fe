"""What stands on the homes about reports."""

import pytest

from .reports import fill, make_cycles, send, start

pytestmark = pytest.mark.usefixtures("in_november")


@pytest.fixture
def report(cast):
    make_cycles()
    return start(cast)


def test_a_coordinator_sees_what_is_owed_late_first(cast, report):
    page = cast.upt_jabar.get("/")
    assert "Lengkapi laporan September–Oktober 2026" in page.text
    assert "Susun laporan Juli–Agustus 2026" in page.text
    todos = [todo.title for todo in page.context["home"].todos]
    assert todos.index("Susun laporan Juli–Agustus 2026") < todos.index("Lengkapi laporan September–Oktober 2026")


def test_staff_see_a_report_only_when_they_write_it(cast, report):
    assert "laporan September" not in cast.upt_jabar_staff.get("/").text
    cast.upt_jabar.post(f"/laporan/{report.pk}/tim/", {"email": "upt_jabar_staff@contoh.id"})
    assert "Lengkapi laporan September–Oktober 2026" in cast.upt_jabar_staff.get("/").text


def test_a_sent_report_waits_for_pusat_on_both_homes(cast, report):
    fill(cast, report)
    send(cast, report)
    assert "menunggu putusan Pusat" in cast.upt_jabar.get("/").text
    assert "Putuskan laporan BBGP Jawa Barat" in cast.admin.get("/").text
    assert "Putuskan laporan" not in cast.pusat.get("/").text
    cast.admin.post(f"/laporan/{report.pk}/putusan/", {"version": 1, "aksi": "kembali", "note_rtl": "Perjelas"})
    assert "Perbaiki laporan September–Oktober 2026" in cast.upt_jabar.get("/").text


def test_pusat_counts_what_is_missing(cast, report):
    assert "laporan UPT lewat batas dan belum dikirim" in cast.pusat.get("/").text
