"""The cache keeps one connection, and gets over losing it."""

import os
import socket
from collections.abc import Iterator

import pytest

from ikm_portal.caching import PortalCache


@pytest.fixture
def kept() -> Iterator[PortalCache]:
    cache = PortalCache(f"{os.environ['BROKER_URL']}?db=5", {"KEY_PREFIX": f"uji{os.getpid()}"})
    yield cache
    cache.delete_many(["a", "b"])


def connection(cache: PortalCache):
    return cache._cache.get_client().connection


def test_one_connection_serves_all_commands(kept):
    kept.set("a", {"n": 1})
    first = connection(kept)
    assert kept.get("a") == {"n": 1}
    assert kept.add("b", 1)
    assert kept.incr("b") == 2
    assert kept.get_many(["a", "b"]) == {"a": {"n": 1}, "b": 2}
    assert connection(kept) is first


def test_a_connection_the_server_has_closed_is_made_anew(kept):
    kept.set("a", 1)
    connection(kept)._sock.shutdown(socket.SHUT_RDWR)
    assert kept.get("a") == 1


def test_a_forked_process_opens_a_connection_of_its_own(kept):
    kept.set("a", 1)
    before = connection(kept)
    child = os.fork()
    if child == 0:
        os._exit(0 if kept.get("a") == 1 and connection(kept) is not before else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert kept.get("a") == 1
