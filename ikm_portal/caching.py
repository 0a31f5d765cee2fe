"""The cache over Redis or Valkey, with a client and a connection that are kept.

Django's own makes a new client for every command, and each takes a connection from a pool and looks whether it is
still alive: four times the cost of the command itself.
"""

import os
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.retry import Retry


class KeptClient(RedisCacheClient):
    """One connection of one server for reading and writing. Django gives each thread a cache of its own."""

    _kept: Any = None
    _process = 0
    # Django's own, which its stubs do not know.
    _pools: dict[int, Any]
    _client: Any
    _get_connection_pool: Any

    def __init__(self, servers: list[str], **options: Any) -> None:
        # A server that was restarted has closed the connection: once more over a new one.
        super().__init__(servers, retry=Retry(NoBackoff(), 1), **options)

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        # A connection opened before a fork would be shared by two processes.
        if self._process != os.getpid():
            self._process = os.getpid()
            self._pools = {}
            pool = self._get_connection_pool(write=True)
            self._kept = self._client(connection_pool=pool, single_connection_client=True)
        return self._kept


class PortalCache(RedisCache):
    """Django's Redis cache with a kept connection."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = KeptClient
