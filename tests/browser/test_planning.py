"""A teacher's phone of 360 px while planning: points that count along, and a weak signal."""

import pytest
from playwright.sync_api import Page, expect

from kinerja.models import Section
from tests.kinerja.plans import contents

from .kinerja_planning import kompetensi, summary
from .site import press

PHONE = {"width": 360, "height": 740}


def fresh() -> str:
    """The page with 32 points; a window of an earlier test that still saves gets a conflict."""
    address = kompetensi()
    held = Section.objects.get(plan=address.split("/")[3], code="kompetensi")
    held.content, held.version = contents(held.plan)["kompetensi"], held.version + 1
    held.save()
    return address


@pytest.fixture
def rows(site) -> Page:
    page = site.page("guru", viewport=PHONE)
    page.goto(fresh())
    return page


def said(page: Page):
    return page.locator("#poin p")


def test_points_are_counted_along_in_the_words_of_the_server(rows):
    expect(said(rows)).to_have_text("32 poin. Sudah memenuhi syarat (32–128).")
    rows.get_by_label("Jumlah RHK 1", exact=True).fill("")
    expect(said(rows)).to_have_text("16 poin. Kurang 16 poin lagi untuk bisa diajukan.")
    expect(rows.get_by_label("Alasan di bawah batas poin")).to_be_visible()
    rows.get_by_label("Jumlah RHK 1", exact=True).fill("17")
    expect(said(rows)).to_have_text("152 poin. Lebih 24 poin. Kurangi pilihan.")
    expect(rows.locator(".m-over")).to_have_count(1)
    rows.locator("#p6").check()
    expect(said(rows)).to_have_text("RHK 6: Bernilai 128 poin, sama dengan batas maksimal. Hapus pilihan lain.")
    expect(rows.get_by_role("button", name="Hitung ulang")).to_be_hidden()


def test_what_is_typed_without_a_signal_stays_on_the_phone_and_is_sent_later(rows):
    line = rows.locator("[data-autosave-url]")
    rows.context.set_offline(True)
    rows.get_by_label("Jumlah RHK 2", exact=True).fill("3")
    expect(line).to_have_text("Tersimpan di ponsel ini, belum terkirim")
    rows.context.set_offline(False)
    rows.evaluate("dispatchEvent(new Event('online'))")
    expect(line).to_contain_text("Tersimpan di server")
    held = Section.objects.get(plan=rows.url.split("/")[5], code="kompetensi")
    assert held.content["items"] == {"1": 2, "2": 3, "5": 4}


def test_sending_without_a_signal_keeps_the_draft_and_sends_nothing(site):
    page = site.page("kepsek_smk", viewport=PHONE)
    page.goto(summary())
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.context.set_offline(True)
    page.get_by_role("button", name="Ajukan ke Dinas").click()
    expect(page.get_by_text("Pengajuan butuh sambungan. Draf Anda aman.")).to_be_visible()
    page.wait_for_timeout(300)
    assert sent == []


def test_a_teacher_without_javascript_recounts_and_goes_on(site):
    page = site.page("guru", viewport=PHONE, java_script_enabled=False)
    page.goto(fresh())
    page.get_by_label("Jumlah RHK 1", exact=True).fill("5")
    press(page, "Hitung ulang")
    assert page.url.endswith("#poin")
    expect(said(page)).to_contain_text("Sudah memenuhi syarat")
    press(page, "Simpan dan lanjut")
    # The browser keeps the fragment of the page before.
    assert "/tambahan/" in page.url
