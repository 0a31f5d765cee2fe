"""The walker finds every leak planted for it, and the wall alone stops most of them."""

import pytest
from django.core.cache import cache
from django.db import connection

from tests.test_url_map_walk import made, media  # noqa: F401 - the same world
from tests.url_map import leaks, oracles, walker

BEHIND_THE_WALL = {
    "existence_by_constraint": "a unique column answers for all rows",
    "cache_without_tenant": "the cache is not in the database",
    "file_by_name": "files are not in the database",
    "task_in_the_portals_scope": "the portal's own scope sees all",
}
"""Leaks that row-level security cannot stop, and why: for these the walker is the only guard."""


@pytest.fixture
def planted(settings, made):  # noqa: F811
    settings.ROOT_URLCONF = "tests.url_map.leaks"
    leaks.leave_files(made)
    cache.clear()
    return made


@pytest.fixture
def no_wall(db):
    with connection.cursor() as cursor:
        for table in oracles.enclosed_tables():
            cursor.execute(f"ALTER TABLE {table.name} DISABLE ROW LEVEL SECURITY")


def found_by_walking(leak: str, world, cast, media) -> list:  # noqa: F811
    """What a principal and a district officer find at one planted address; the tables are known beforehand."""
    found = []
    for name in ("kepsek", "dinas_depok"):
        found += walker.Walker(world, cast, name, media=media, tables=TABLES).walk([leaks.ROWS_OF[leak]])
    return found


TABLES: list[oracles.Table] = []


@pytest.fixture(autouse=True)
def tables(db):
    TABLES[:] = oracles.enclosed_tables()


@pytest.mark.parametrize("leak", leaks.ROWS_OF)
def test_a_planted_leak_is_found_without_the_wall(leak, tables, no_wall, planted, cast, media):  # noqa: F811
    found = found_by_walking(leak, planted, cast, media)
    assert {finding.oracle for finding in found} & {"canary", "changed", "existence", "metamorphic"}, found


@pytest.mark.parametrize("leak", leaks.ROWS_OF)
def test_the_wall_stops_a_planted_leak_unless_it_lies_behind_it(leak, planted, cast, media):  # noqa: F811
    found = found_by_walking(leak, planted, cast, media)
    assert bool(found) == (leak in BEHIND_THE_WALL), "\n".join(map(str, found))
