"""The walker finds every leak planted for it, and the wall alone stops most of them."""

import pytest
from django.core.cache import cache
from django.db import connection

from tests.url_map import leaks, oracles, walker

BESIDE_THE_WALL = {
    "existence_by_constraint": "a unique column answers for all rows",
    "cache_without_tenant": "the cache is not in the database",
    "file_by_name": "files are not in the database",
    "task_in_the_portals_scope": "the portal's own scope sees all",
}
"""Leaks that row-level security cannot stop, and why: for these the walker is the only guard."""


@pytest.fixture
def planted(settings, made):
    settings.ROOT_URLCONF = "tests.url_map.leaks"
    leaks.leave_files(made)
    cache.clear()
    return made


def found_by_walking(world, cast, media, tables) -> dict[str, set[str]]:
    """What a principal and a district officer find at the planted addresses: oracles by leak."""
    found = {leak: set() for leak in leaks.ROWS_OF}
    for name in ("kepsek", "dinas_depok"):
        for finding in walker.Walker(world, cast, name, media=media, tables=tables).walk([*leaks.ROWS_OF.values()]):
            if finding.oracle in {"canary", "changed", "existence", "metamorphic"}:
                found[finding.row.partition("leak_")[2]].add(finding.oracle)
    return found


def test_every_planted_leak_is_found_without_the_wall(planted, cast, media):
    tables = oracles.enclosed_tables()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table.name} DISABLE ROW LEVEL SECURITY")
    found = found_by_walking(planted, cast, media, tables)
    assert not [leak for leak, oracles_of in found.items() if not oracles_of]
    assert set().union(*found.values()) == {"canary", "changed", "existence", "metamorphic"}


def test_the_wall_stops_every_planted_leak_that_does_not_lie_beside_it(planted, cast, media):
    found = found_by_walking(planted, cast, media, oracles.enclosed_tables())
    assert {leak for leak, oracles_of in found.items() if oracles_of} == set(BESIDE_THE_WALL)


def test_as_many_leaks_are_planted_as_the_documents_say():
    assert (len(leaks.ROWS_OF), len(BESIDE_THE_WALL)) == (22, 4)
