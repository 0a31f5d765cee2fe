"""The login pages tell a visitor nothing about who has an account, and nobody anything about another's rows."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.test_url_map import addresses
from tests.url_map import EVERYONE, Row, oracles, walker


def pages() -> list[str]:
    """Every login page that needs nothing in its address."""
    found = []
    for route, name, _captured, _module in addresses():
        if route.startswith("akun/") and name:
            try:
                reverse(name)
            except NoReverseMatch:
                continue
            found.append(name)
    return found


@pytest.mark.parametrize("name", [walker.VISITOR, "guru", "upt_jabar"])
def test_a_login_page_shows_nothing_of_anybody_else(name, made, cast, media):
    rows = [Row(page, "GET POST", may=EVERYONE, changing=True) for page in pages() if page != "account_logout"]
    found = walker.Walker(made, cast, name, media=media).walk(rows)
    leaks = [finding for finding in found if finding.oracle != "permission"]
    assert not leaks, "\n".join(map(str, leaks[:30]))


def answer(page: str, sent: dict) -> tuple[int, str, str]:
    cache.clear()
    response = Client().post(reverse(page), sent)
    echoed = [(value, "-") for value in sent.values()]
    text = oracles.normalised(response.content.decode(), 10**7, echoed)
    return response.status_code, response.headers.get("Location", ""), text


@pytest.mark.parametrize(("page", "known", "unknown"), [
    ("account_login", {"login": "guru", "password": "salah-sekali"}, {"login": "xxxx", "password": "salah-sekali"}),
    ("account_login", {"login": "guru@contoh.id", "password": "salah"}, {"login": "x@contoh.id", "password": "salah"}),
    ("account_reset_password", {"email": "guru@contoh.id"}, {"email": "xxxx@contoh.id"}),
    ("account_signup", {"email": "guru@contoh.id"}, {"email": "xxxx@contoh.id"}),
])  # fmt: skip
def test_a_visitor_cannot_tell_who_has_an_account(cast, page, known, unknown):
    assert answer(page, known) == answer(page, unknown)


def test_there_are_login_pages_to_examine():
    assert {"account_login", "account_logout", "account_reset_password"} <= set(pages())
