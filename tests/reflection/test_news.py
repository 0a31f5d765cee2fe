"""Who hears of a report: Pusat when it comes, the UPT and its writers when Pusat has decided."""

from datetime import date

import pytest

from coordination.notices.models import Notice
from reflection.services.cycles import extend_by_circular
from reflection.services.decisions import accept_report, reopen_report, return_report

from .reports import fill, make_cycles, obligation, send, start


@pytest.fixture
def sent(cast):
    make_cycles()
    report = start(cast)
    fill(cast, report)
    send(cast, report)
    return report


def told(kind):
    return set(Notice.objects.filter(kind=kind, channel="app").values_list("user__username", flat=True))


def test_pusat_and_the_offices_head_hear_that_a_report_has_come(sent):
    assert told("report_submitted") == {"admin", "upt_jabar_head"}
    notice = Notice.objects.filter(kind="report_submitted").first()
    assert notice.title == "Laporan September–Oktober 2026 BBGP Jawa Barat terkirim ke Pusat"
    assert notice.url == f"/laporan/{sent.pk}/"


def test_the_office_hears_what_pusat_decides_each_time(cast, sent):
    with cast.actor("admin").entered() as actor:
        return_report(actor=actor, report=sent, version=1, comments={"baik": "Tambah bukti."})
    assert told("report_returned") == {"upt_jabar", "upt_jabar_head"}
    assert "Bagian yang perlu diperbaiki: 1." in Notice.objects.filter(kind="report_returned").first().text
    send(cast, sent)
    with cast.actor("admin").entered() as actor:
        accept_report(actor=actor, report=sent, version=2)
        reopen_report(actor=actor, report=sent, version=2, reason="Data sekolah keliru")
    assert told("report_accepted") == {"upt_jabar", "upt_jabar_head"}
    assert Notice.objects.filter(kind="report_returned", channel="app").count() == 4
    assert Notice.objects.filter(kind="report_submitted", channel="app", user__username="admin").count() == 2


def test_a_circular_is_told_to_those_whose_day_it_moves_and_who_have_not_sent(cast, sent):
    with cast.actor("admin").entered() as actor:
        extend_by_circular(
            actor=actor,
            number="SE-1/2026",
            cycle=obligation().cycle,
            new_due_on=date(2026, 11, 30),
            reason="Ujian sekolah",
            issued_on=date(2026, 11, 10),
        )
    assert told("report_extended") == {"upt_kaltim", "upt_papua"}
    notice = Notice.objects.filter(kind="report_extended").first()
    assert notice.title == "Batas laporan September–Oktober 2026 diperpanjang sampai Senin, 30 November 2026"
    assert notice.text == "Surat edaran SE-1/2026: Ujian sekolah"
