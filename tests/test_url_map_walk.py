"""Everybody at an office asks at every address for what is theirs, another's, and what does not exist.

Schools and visitors do in test_url_map_walk_schools.py: two files, so that two workers share the walk.
"""

import pytest

from tests import url_map
from tests.cast import PEOPLE
from tests.url_map import SCHOOL, walker


@pytest.mark.parametrize("name", [name for name in PEOPLE if name not in f"{SCHOOL} outsider pengawas mitra".split()])
def test_nothing_foreign_reaches_an_office(name, made, cast, media):
    found = walker.Walker(made, cast, name, media=media).walk(url_map.rows())
    assert not found, "\n".join(map(str, found[:40]))


@pytest.mark.parametrize("name", ["admin", "penggerak"])
def test_a_method_without_a_row_is_refused(name, made, cast, media):
    wrong = walker.Walker(made, cast, name, media=media).try_other_methods(url_map.rows())
    assert not wrong, "\n".join(map(str, wrong))
