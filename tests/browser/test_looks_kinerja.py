"""The pages of Kinerja at every width: a file of their own, so that two workers share the looking."""

import pytest

from .pages import PAGES, Look, assert_holds


@pytest.mark.parametrize("look", [look for look in PAGES if look.of_kinerja], ids=str)
def test_a_page_of_kinerja_is_accessible_at_every_width_in_light_and_dark(site, look: Look):
    assert_holds(site, look)
