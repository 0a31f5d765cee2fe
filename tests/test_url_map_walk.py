"""Every person asks at every address for what is theirs, for what is another's, and for what does not exist."""

import pytest
from django.conf import settings

from tests import url_map
from tests.cast import PEOPLE
from tests.url_map import walker, world


@pytest.fixture
def media(tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}},
    }
    return tmp_path


@pytest.fixture
def made(cast, media):
    """The test world, rolled back with the test."""
    return world.build_world()


@pytest.mark.parametrize("name", [*PEOPLE, walker.VISITOR])
def test_nothing_foreign_reaches(name, made, cast, media):
    found = walker.Walker(made, cast, name, media=media).walk(url_map.rows())
    assert not found, "\n".join(map(str, found[:40]))


def test_every_row_can_be_asked_by_somebody(made):
    for row in url_map.rows():
        refs = [value for part in (row.url, row.query, row.body) for value in part.values()]
        for ref in (value for value in refs if isinstance(value, url_map.Ref)):
            assert made.things[ref.key], f'Row("{row.name}") names "{ref.key}", which no builder gives (at.give)'
            who = {name for thing in made.things[ref.key] for name in thing.seen_by}
            assert not row.people or row.people & who, f'nobody of `may` of Row("{row.name}") has a "{ref.key}"'


def test_the_walk_uses_a_folder_of_its_own(media):
    assert settings.STORAGES["default"]["OPTIONS"]["location"] == str(media)


@pytest.mark.parametrize("name", ["admin", "penggerak"])
def test_a_method_without_a_row_is_refused(name, made, cast, media):
    wrong = walker.Walker(made, cast, name, media=media).try_other_methods(url_map.rows())
    assert not wrong, "\n".join(map(str, wrong))
