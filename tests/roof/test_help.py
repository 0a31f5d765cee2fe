"""The guides can be read inside the portal."""

import pytest

from ikm_portal.help import GUIDES
from tests.cast import Cast


@pytest.mark.parametrize("name", GUIDES)
def test_every_guide_opens_and_leads_to_the_others(cast: Cast, name):
    page = cast.guru.get(f"/bantuan/{name}/").content.decode()
    assert "<h1" in page
    assert all(f"/bantuan/{other}/" in page for other in GUIDES if other != name)


def test_help_begins_with_the_guide_of_ones_own_role(cast: Cast):
    assert "Panduan guru" in cast.guru.get("/bantuan/").content.decode()
    assert "Panduan pengawas" in cast.pengawas.get("/bantuan/").content.decode()


def test_an_unknown_guide_is_absent(cast: Cast):
    assert cast.guru.get("/bantuan/tidak-ada/").status_code == 404
