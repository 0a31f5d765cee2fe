"""Sending evidence from a phone: how far it is, a lost signal, a refused file, and the same without JavaScript."""

import pytest
import typst
from playwright.sync_api import Page, expect

from . import kinerja_execution

PDF = {"name": "sertifikat.pdf", "mimeType": "application/pdf"}


@pytest.fixture
def form(site) -> Page:
    page = site.page("guru")
    page.goto(kinerja_execution.evidence_pdf())
    return page


def send(page: Page, title: str, content: bytes) -> None:
    page.get_by_label("Judul").fill(title)
    page.get_by_label("PDF").set_input_files({**PDF, "buffer": content})
    page.get_by_role("button", name="Simpan bukti").click()


def test_after_a_lost_signal_the_same_file_is_sent_again_with_one_press(form):
    form.context.route("**/baru/**", lambda route: route.abort() if route.request.method == "POST" else None)
    send(form, "Sertifikat pelatihan", typst.compile(b"= Sertifikat Contoh"))
    expect(form.get_by_text("Sambungan terputus. Isian dan berkas masih ada; kirim lagi.")).to_be_visible()
    form.context.unroute("**/baru/**")
    form.get_by_role("button", name="Simpan bukti").click()
    expect(form.get_by_role("heading", name="Bukti dukung")).to_be_visible()
    expect(form.get_by_role("link", name="Sertifikat pelatihan", exact=True)).to_be_visible()
    assert "/baru/" not in form.url


def test_a_refused_file_is_said_in_the_form_with_the_other_fields_kept(form):
    send(form, "Bukan PDF", b"<html>")
    expect(form.get_by_text("sertifikat.pdf bukan PDF.").first).to_be_visible()
    expect(form.get_by_label("Judul")).to_have_value("Bukan PDF")
    send(form, "Sekarang benar", typst.compile(b"= Sertifikat Contoh"))
    expect(form.get_by_role("link", name="Sekarang benar", exact=True)).to_be_visible()
