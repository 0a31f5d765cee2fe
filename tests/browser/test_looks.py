"""Every page at 320, 360 and 1280 px, in light and dark: nothing for axe to find, nothing overflows."""

import pytest

from .looks import assert_accessible, assert_no_hidden_focus
from .pages import PAGES, Look


@pytest.mark.parametrize("look", PAGES, ids=str)
def test_a_page_is_accessible_at_every_width_in_light_and_dark(site, look: Look):
    page = site.page(look.role)
    response = page.goto(look.address())
    assert response.status == look.status
    assert_accessible(page)
    assert assert_no_hidden_focus(page) >= 3
    expected = [] if look.status < 400 else [line for line in page.errors if str(look.status) in line]
    assert page.errors == expected


def test_a_page_follows_the_chosen_theme_against_the_device(site):
    page = site.page("guru", color_scheme="light")
    page.goto("/gaya/")
    page.get_by_role("button", name="Gelap").click()
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(15, 23, 28)"


def test_mistakes_are_focused_and_lead_to_their_field(site):
    page = site.page("guru")
    page.goto("/gaya/?salah=1")
    assert page.title().startswith("Kesalahan:")
    assert page.evaluate("document.activeElement.className") == "summary"
    page.get_by_role("alert").get_by_role("link", name="Topik pertemuan").click()
    assert page.evaluate("document.activeElement.closest('.field') && document.activeElement.id || location.hash") in (
        "id_topic",
        "#id_topic",
    )
