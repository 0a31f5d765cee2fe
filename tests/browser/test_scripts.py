"""The small scripts: drafts that survive a lost signal, photos made small, one click sent once."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

TOPIC = "Topik pertemuan"


@pytest.fixture
def form(site) -> Page:
    page = site.page("guru")
    page.goto("/gaya/")
    return page


def lose_signal(page: Page) -> None:
    """As on a bus: the phone is offline, and afterwards the server cannot be reached."""
    page.context.set_offline(True)
    page.context.route("**/gaya/draf/", lambda route: route.abort())


def line(page: Page):
    return page.locator("[data-autosave-url]")


def test_a_change_is_saved_on_the_server_and_the_line_says_when(form):
    form.get_by_label(TOPIC).fill("Asesmen awal")
    form.get_by_label(TOPIC).blur()
    expect(line(form)).to_have_text("Tersimpan di server 09.41")
    assert line(form).get_attribute("data-autosave-version") == "2"


def test_without_a_signal_the_draft_stays_on_the_phone_and_comes_back(form):
    lose_signal(form)
    form.get_by_label(TOPIC).fill("Disimpan di ponsel")
    form.get_by_label("Jenis komunitas").select_option("antar")
    form.get_by_label("Daring", exact=True).check()
    expect(line(form)).to_have_text("Tersimpan di ponsel ini, belum terkirim")
    form.context.set_offline(False)
    form.reload()
    expect(form.get_by_label(TOPIC)).to_have_value("Disimpan di ponsel")
    expect(form.get_by_label("Jenis komunitas")).to_have_value("antar")
    expect(form.get_by_label("Daring", exact=True)).to_be_checked()


def test_a_form_is_not_submitted_without_a_signal_and_says_that_the_draft_is_safe(form):
    lose_signal(form)
    form.evaluate("document.querySelector('form[data-submit-once]').noValidate = true")
    form.get_by_role("button", name="Simpan").last.click()
    expect(line(form)).to_have_text("Pengajuan butuh sambungan. Draf Anda aman.")
    assert form.url.endswith("/gaya/")


def test_a_draft_is_never_shown_to_another_account(site, form):
    lose_signal(form)
    form.get_by_label(TOPIC).fill("Milik guru")
    expect(line(form)).to_have_text("Tersimpan di ponsel ini, belum terkirim")
    form.context.set_offline(False)
    form.context.clear_cookies()
    form.context.add_cookies([site.cookie("operator")])
    form.goto("/gaya/")
    form.wait_for_timeout(300)
    expect(form.get_by_label(TOPIC)).to_have_value("")


def test_the_logout_page_counts_the_drafts_that_were_not_sent(form):
    lose_signal(form)
    form.get_by_label(TOPIC).fill("Belum terkirim")
    expect(line(form)).to_have_text("Tersimpan di ponsel ini, belum terkirim")
    form.context.set_offline(False)
    form.goto("/akun/logout/")
    expect(form.get_by_text("Draf di ponsel ini yang belum terkirim: 1")).to_be_visible()


def test_a_conflict_says_so_and_is_not_sent_again(form):
    sent = []
    form.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    form.get_by_label(TOPIC).fill("bentrok")
    form.get_by_label(TOPIC).blur()
    expect(line(form)).to_contain_text("Diubah orang lain 09.40")
    form.get_by_label("Jumlah hadir").fill("3")
    form.get_by_label("Jumlah hadir").blur()
    form.wait_for_timeout(2000)
    assert len(sent) == 1


def test_a_large_photo_is_shrunk_on_the_phone_and_loses_its_place(form):
    big = Image.effect_noise((3000, 2400), 90).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "kamera"
    saved = io.BytesIO()
    big.save(saved, "JPEG", quality=98, exif=exif)
    assert saved.tell() > 2 * 1024 * 1024
    photo = {"name": "kegiatan.jpg", "mimeType": "image/jpeg", "buffer": saved.getvalue()}
    form.get_by_label("Foto kegiatan").set_input_files([photo])
    expect(form.get_by_text("dikecilkan dari")).to_be_visible()
    small = form.evaluate(
        """async () => {
          const file = document.querySelector('[data-photo]').files[0];
          return {size: file.size, bytes: [...new Uint8Array(await file.arrayBuffer())]};
        }"""
    )
    assert small["size"] <= 2 * 1024 * 1024
    kept = Image.open(io.BytesIO(bytes(small["bytes"])))
    assert max(kept.size) <= 1600
    assert not kept.getexif()


def test_a_second_click_sends_nothing(form):
    sent = []
    form.route("**/gaya/", lambda route: sent.append(1) if route.request.method == "POST" else route.continue_())
    form.evaluate("document.querySelector('form[data-submit-once]').noValidate = true")
    form.evaluate(
        """() => {
          const button = document.querySelector('form[data-submit-once] button.btn');
          button.click();
          setTimeout(() => button.click(), 50);
        }"""
    )
    form.wait_for_timeout(300)
    assert len(sent) == 1
