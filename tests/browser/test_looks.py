"""Every page at 320, 360 and 1280 px, in light and dark: nothing for axe to find, nothing overflows."""

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import expect

from .looks import assert_accessible
from .pages import PAGES, Look, assert_holds
from .site import press


@pytest.mark.parametrize("look", [look for look in PAGES if not look.of_kinerja], ids=str)
def test_a_page_is_accessible_at_every_width_in_light_and_dark(site, look: Look):
    assert_holds(site, look)


def test_too_many_guesses_and_a_fault_have_pages_that_hold_too(site, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    page = site.page()
    page.goto("/akun/login/")
    for _guess in range(2):
        page.get_by_label("Nama pengguna atau surel").fill("guru")
        page.get_by_label("Kata sandi", exact=True).fill("salah")
        press(page, "Masuk", exact=True)
    assert page.get_by_role("heading", level=1).inner_text() == "Terlalu banyak percobaan"
    assert_accessible(page)
    fault = render_to_string("errors/500.html", {"reference": "A1B2C3D4"})
    page.route("**/galat/", lambda route: route.fulfill(status=500, content_type="text/html", body=fault))
    page.goto("/galat/")
    assert_accessible(page)


def test_a_page_follows_the_chosen_theme_against_the_device(site):
    page = site.page("guru", color_scheme="light")
    page.goto("/gaya/")
    press(page, "Gelap")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(15, 23, 28)"


def test_mistakes_are_focused_and_lead_to_their_field(site):
    page = site.page("guru")
    page.goto("/gaya/?salah=1")
    assert page.title().startswith("Kesalahan:")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link", name="Topik pertemuan").click()
    expect(page.get_by_label("Topik pertemuan")).to_be_focused()
