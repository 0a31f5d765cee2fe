"""The menu lights the entry a page belongs to, and none where the page stands beside the menu."""

import pytest

from ikm_portal.navigation import current


@pytest.mark.parametrize(
    ("role", "path", "lit"),
    [
        ("kepsek", "/kinerja/capaian/", "/kinerja/capaian/"),
        ("kepsek", "/kinerja/", "/kinerja/"),
        ("guru", "/kombel/12/", "/kombel/"),
        ("guru", "/bantuan/", ""),
        ("guru", "/", "/"),
    ],
)
def test_the_entry_of_a_page_is_the_longest_that_begins_its_address(role, path, lit):
    assert current(role, path) == lit


def test_a_principals_progress_page_does_not_light_the_own_plans(cast):
    page = cast.kepsek.get("/kinerja/capaian/").content.decode()
    assert 'href="/kinerja/" aria-current' not in page
    assert 'href="/kinerja/" aria-current="page"' in cast.kepsek.get("/kinerja/").content.decode()
