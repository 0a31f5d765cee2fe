"""Everybody at a school, and whoever has no place, asks at every address; see test_url_map_walk.py."""

import pytest

from tests import url_map
from tests.url_map import SCHOOL, walker


@pytest.mark.parametrize("name", [*SCHOOL.split(), "pengawas", "mitra", "outsider", walker.VISITOR])
def test_nothing_foreign_reaches_a_school(name, made, cast, media):
    found = walker.Walker(made, cast, name, media=media).walk(url_map.rows())
    assert not found, "\n".join(map(str, found[:40]))


def test_every_row_can_be_asked_by_somebody(made):
    for row in url_map.rows():
        refs = [value for part in (row.url, row.query, row.body) for value in part.values()]
        for ref in (value for value in refs if isinstance(value, url_map.Ref)):
            assert made.things[ref.key], f'Row("{row.name}") names "{ref.key}", which no builder gives (at.give)'
            who = {name for thing in made.things[ref.key] for name in thing.seen_by}
            assert not row.people or row.people & who, f'nobody of `may` of Row("{row.name}") has a "{ref.key}"'


def test_the_walk_uses_a_folder_of_its_own(media, settings):
    assert settings.STORAGES["default"]["OPTIONS"]["location"] == str(media)
