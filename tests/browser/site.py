"""A live portal for a real browser, on a copy of the test database that a module may write to."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from unittest import mock

import psycopg2
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ServerHandler, ThreadedWSGIServer
from django.db import connections
from django.test.testcases import LiveServerThread, QuietWSGIRequestHandler
from playwright.sync_api import Browser, BrowserContext, Page

from coordination.actors.sessions import SessionStore

WIDTHS = (320, 360, 1280)
SCHEMES = ("light", "dark")


class Handler(QuietWSGIRequestHandler):
    """HTTP/1.1 would keep threads waiting for a browser that has gone."""

    protocol_version = "HTTP/1.0"


class PooledServer(ThreadedWSGIServer):
    """Answers from threads that stay and keep their database connection, as gunicorn does.

    A connection for each request would begin with none of PostgreSQL's caches: a fifth of a walk's time.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # More than ever answer at once: a browser also opens connections that it may never use.
        self.pool = ThreadPoolExecutor(max_workers=32)

    def process_request(self, request, client_address):
        self.pool.submit(self.process_request_thread, request, client_address)

    def _close_connections(self):
        """They stay; a copy of the database is dropped with whoever is still connected."""

    def server_close(self):
        super().server_close()
        self.pool.shutdown(wait=False, cancel_futures=True)


class Server(LiveServerThread):
    server_class = PooledServer

    def _create_server(self, connections_override=None):
        return self.server_class((self.host, self.port), Handler, allow_reuse_address=False)


@contextmanager
def copied_database() -> Iterator[None]:
    """Point the process at a copy of the test database, so that whatever is written is thrown away."""
    found = settings.DATABASES["default"]
    original, copy = found["NAME"], f"{found['NAME']}_browser"
    connections.close_all()
    keys = {"user": "USER", "password": "PASSWORD", "host": "HOST"}
    owner = psycopg2.connect(
        dbname="postgres", port=found["PORT"] or None, **{key: found[name] for key, name in keys.items()}
    )
    owner.autocommit = True
    with owner.cursor() as cursor:
        cursor.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [original])
        (role,) = cursor.fetchone()
        cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{original}" OWNER "{role}"')
        _name_database(copy)
        try:
            yield
        finally:
            connections.close_all()
            _name_database(original)
            cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
    owner.close()


def _name_database(name: str) -> None:
    settings.DATABASES["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name


class Site:
    """The live portal: `site.page("guru")` is a browser page where that person of the cast is logged in."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url
        self._contexts: list[BrowserContext] = []

    def context(self, role: str = "", **options) -> BrowserContext:
        options = {"base_url": self.url, "locale": "id-ID", "reduced_motion": "reduce", **options}
        context = self.browser.new_context(**options)
        context.set_default_timeout(15_000)
        self._contexts.append(context)
        if role:
            context.add_cookies([self.cookie(role)])
        return context

    def page(self, role: str = "", **options) -> Page:
        """A page of its own for one of the cast ("" is a visitor); its script errors are collected."""
        page = self.context(role, **options).new_page()
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and page.errors.append(said.text))
        return page

    def close(self) -> None:
        while self._contexts:
            self._contexts.pop().close()

    def cookie(self, role: str) -> dict:
        from coordination.actors.models import User

        user = User.objects.get(username=role)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": self.url}


def press(page: Page, button: str, *, exact: bool = False) -> None:
    """Press a button that leads to another page, and be there."""
    # Without the wait, what is asked next may still meet the old page, or none.
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=exact).click()


@contextmanager
def serving() -> Iterator[str]:
    """A live server in a thread; yields its address."""
    server = Server("127.0.0.1", StaticFilesHandler, connections_override={})
    server.daemon = True
    # Said as HTTP/1.1, a client would use the connection again that the handler is about to close.
    with mock.patch.object(ServerHandler, "http_version", "1.0"):
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        try:
            yield f"http://127.0.0.1:{server.port}"
        finally:
            server.terminate()
