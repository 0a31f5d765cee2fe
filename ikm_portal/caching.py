"""The cache over Redis or Valkey, with a client that is kept.

Django's own makes a new client for every command, and making one costs four times what the command does.
"""

from functools import cached_property
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient


class KeptClient(RedisCacheClient):
    """One client for reading and writing; the portal has one server. Clients are safe among threads."""

    @cached_property
    def _kept(self) -> Any:
        return super().get_client(write=True)

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        return self._kept


class PortalCache(RedisCache):
    """Django's Redis cache with a kept client."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = KeptClient
