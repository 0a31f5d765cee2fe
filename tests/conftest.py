"""Real PostgreSQL, the roles of the wall, and one fixed cast that every test shares."""

import logging
from datetime import date

import psycopg2
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection as portal
from django.http import HttpResponse
from django.utils import translation
from xdist.scheduler import LoadScopeScheduling

from coordination.actors.actor import Acting
from tests.cast import Cast, build_cast

HEAVY = ("launcher", "browser", "test_url_map_walk", "test_leaks", "test_reliability")
"""What takes long, first, so that no worker is left with it at the end."""
TOGETHER = ("launcher/", "browser", "test_reliability", "test_at_once")
"""What shares a browser, servers or a prepared portal: one worker takes the whole file, or folder where it ends so."""


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: not any(f"/{name}" in item.path.as_posix() for name in HEAVY))


class Scheduling(LoadScopeScheduling):
    """Hands tests to the workers one by one, but files that share something expensive as a whole."""

    # Not by marks and `--dist loadgroup`: xdist 3.8 writes a mark behind `_nodeid`, which pytest 9.2 no longer reads.
    def _split_scope(self, nodeid: str) -> str:
        place = nodeid.partition("::")[0]
        for name in TOGETHER:
            if f"/{name}" in place:
                return name if name.endswith("/") else place
        return nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return Scheduling(config, log)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Make the wall's roles before Django creates the test database as their owner."""
    from coordination.actors.tenancy.roles import provision

    found = settings.DATABASES["default"]
    connection = psycopg2.connect(
        dbname="postgres",
        user=found["USER"],
        password=found["PASSWORD"],
        host=found["HOST"],
        port=found["PORT"] or None,
    )
    connection.autocommit = True
    with connection.cursor() as cursor:
        provision(cursor)
    connection.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Regions, offices and the cast are made once; each test rolls back to them."""
    from coordination.actors.models import User

    if portal.settings_dict["NAME"] != portal.creation._get_test_db_name():
        # pytest-django makes the test database only when a test of the run names its fixtures. Tests that
        # commit do not, and alone they would write into the portal's own database.
        pytest.exit("Run this file with one that uses the test database, such as tests/test_policies.py", 4)
    with django_db_blocker.unblock():
        # With --reuse-db they are there already.
        if not User.objects.exists():
            build_cast()


@pytest.fixture(autouse=True)
def _nothing_kept():
    """What is kept beside the database is not undone with a test's transaction."""
    from coordination.actors.keeping import forget

    forget()
    cache.clear()


@pytest.fixture(autouse=True)
def in_indonesian():
    """A request leaves its language behind in the thread; every test begins in the portal's own."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def cast(db) -> Cast:
    """The people of the tests, each with a logged-in client: `cast.upt_jabar.get("/")`."""
    return Cast()


@pytest.fixture
def in_november(monkeypatch):
    """For every actor it is 21 November 2026, so that the cycles of the tests stand where they say."""
    monkeypatch.setattr(Acting, "today", lambda acting: date(2026, 11, 21))


@pytest.fixture
def media(tmp_path, settings):
    """A folder of the test's own for uploads and exports."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}},
    }
    return tmp_path


@pytest.fixture
def quick_refusals(monkeypatch):
    """Refusals come by the thousand: their words without the frame around them, and without a log."""
    from ikm_portal import errors

    def in_words(request, template, context, status):
        return HttpResponse(f"{template}: {sorted(context.items())}", status=status)

    monkeypatch.setattr(errors, "render", in_words)
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def made(cast, media, quick_refusals):
    """The test world of tests/url_map, rolled back with the test."""
    from tests.url_map.world import build_world

    return build_world()
