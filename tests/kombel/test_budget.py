"""What a page may cost: statements, bytes and requests (issue of the face; `portal.py bench pages` measures speed)."""

import gzip
import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.actors.keeping import forget
from ikm_portal.measuring.statements import apart
from tests.asked import asked, messages

from .make import make_kombel, make_leader, make_members, many

KILO = 1024


def statements(client, address: str) -> list[str]:
    """What a page asks the database once the caches a running server has are filled; the scope counts."""
    return apart(asked(client, address))


def sent(client, address: str) -> int:
    """Bytes of an answer as it travels."""
    response = client.get(address, headers={"accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    return len(response.content) + sum(len(name) + len(value) + 4 for name, value in response.items()) + 17


def parts(client, address: str) -> dict[str, int]:
    """The files a page loads with their compressed sizes."""
    named = set(re.findall(r'(?:href|src)="/static/([^"]+)"', client.get(address).text))
    return {name: len(gzip.compress(Path(finders.find(name)).read_bytes(), 9)) for name in named}


@pytest.fixture
def meeting_form(cast):
    kombel = make_kombel()
    make_leader(kombel, "penggerak")
    make_members(kombel, 20)
    return reverse("kombel:meeting_new", args=[kombel.pk])


@pytest.mark.parametrize("role", ["dinas_depok", "upt_jabar", "pusat", "kepsek", "pengawas"])
def test_the_list_asks_three_things_however_long_it_is(cast, role):
    client, address = getattr(cast, role), reverse("kombel:list")
    many(1)
    few = statements(client, address)
    for number in range(60):
        make_kombel(name=f"Kombel Contoh tambahan {number:02}", registered_on=date(2026, 2, 1))
    found = statements(client, address)
    assert len(found) == len(few) == 3, found
    assert [word for sql in found for word in ("portal_memberships", "set_config", "kombel_kombel") if word in sql] == [
        "portal_memberships",
        "set_config",
        "kombel_kombel",
    ]


def test_a_meeting_form_asks_three_things_however_many_members_there_are(cast, meeting_form):
    found = statements(cast.penggerak, meeting_form)
    assert len(found) == 3, found


def test_a_page_that_finds_every_cache_empty_still_keeps_its_budget(cast, meeting_form):
    for client, address, most in ((cast.dinas_depok, reverse("kombel:list"), 8), (cast.penggerak, meeting_form, 5)):
        cache.clear()
        forget()
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        found = apart(messages(captured))
        assert len(found) <= most, found


def test_pages_are_light_enough_for_a_phone_on_a_bad_signal(cast, meeting_form):
    many(60)
    for client, address, most, first, requests in (
        (cast.dinas_depok, reverse("kombel:list"), 8, 40, 4),
        (cast.penggerak, meeting_form, 8, 24, 3),
    ):
        page, files = sent(client, address), parts(client, address)
        assert page <= most * KILO
        assert page + sum(files.values()) + 500 * len(files) <= first * KILO
        assert 1 + len(files) <= requests


def test_every_file_a_page_names_is_there():
    """The collected files are looked up by name: one that is missing would take the whole page down."""
    for template in Path(settings.BASE_DIR / "templates").rglob("*.html"):
        for name in re.findall(r'{% static "([^"]+)" %}', template.read_text()):
            assert finders.find(name), f"{template.name}: {name}"
