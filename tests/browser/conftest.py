"""Real Chromium against the live portal; each module has a copy of the database that it may write to."""

import pytest
from django.db import connections

from ikm_portal.embedded.chromium import OPTIONS, find_chromium

from .site import Site, copied_database, serving

ABSENT = "Chromium is absent; Debian's package `chromium` has it (or set IKM_CHROMIUM to its path)"


def pytest_collection_modifyitems(items):
    """Everything in this folder drives a browser."""
    absent = None if find_chromium() else pytest.mark.skip(reason=ABSENT)
    for item in items:
        if "/tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            if absent:
                item.add_marker(absent)


@pytest.fixture(scope="module")
def browser(django_db_setup, django_db_blocker, monkeypatch_module):
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread. Django takes that for asynchronous code, and gives
    # the thread other connections while it lasts; so the present ones are closed first.
    with django_db_blocker.unblock():
        connections.close_all()
    monkeypatch_module.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(OPTIONS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def portal(browser, django_db_blocker):
    """One live portal for the module. What a test commits stays for the tests after it in the module."""
    with django_db_blocker.unblock(), copied_database(), serving() as url:
        site = Site(browser, url)
        yield site
        site.close()


@pytest.fixture
def db():
    """In this folder no transaction is rolled back: the live portal must see what a test writes."""


@pytest.fixture
def site(db, portal):
    """The module's portal; the browser windows of each test are closed after it."""
    yield portal
    portal.close()
