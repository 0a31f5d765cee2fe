"""Connections of their own as the real logins, to the database of this test run."""

import os
from collections.abc import Callable, Iterator

import psycopg2
import pytest
from django.db import connection

PASSWORDS = {"portal_login": "IKM_LOGIN_PASSWORD", "portal_worker": "IKM_WORKER_PASSWORD"}


@pytest.fixture
def connect(db) -> Iterator[Callable]:
    """`connect("portal_login")` opens a connection that is closed after the test."""
    found = connection.settings_dict
    opened = []

    def as_login(login: str):
        opened.append(
            psycopg2.connect(
                dbname=found["NAME"],
                host=found["HOST"],
                port=found["PORT"] or None,
                user=login,
                password=os.environ.get(PASSWORDS[login]) or None,
            )
        )
        return opened[-1]

    yield as_login
    for one in opened:
        one.close()


@pytest.fixture
def login(connect):
    """A connection as the web's login."""
    return connect("portal_login")


@pytest.fixture
def worker(connect):
    """A connection as the worker's login."""
    return connect("portal_worker")
