"""Signs of life of worker and beat, kept in the broker both of them need anyway."""

import time
from collections.abc import Iterable

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

PREFIX = "ikm:pulse:"
TIMEOUT = 1.0


def record(name: str) -> None:
    """Note that `name` is alive now. A broker that does not answer is for the health check to tell."""
    try:
        with _broker() as broker:
            broker.set(PREFIX + name, repr(time.time()))
    except redis.RedisError:
        pass


def first_today(name: str, day: str) -> bool:
    """Whether nobody has asked this on `day` yet; a broker that has forgotten, or does not answer, says yes again."""
    try:
        with _broker() as broker:
            return bool(broker.set(f"{PREFIX}{name}:{day}", "1", nx=True, ex=2 * 24 * 60 * 60))
    except redis.RedisError:
        return True


def last(names: Iterable[str]) -> dict[str, float | None]:
    """When each was last alive, in seconds since 1970, or None. Raises redis.RedisError within seconds."""
    names = list(names)
    with _broker() as broker:
        found = broker.mget([PREFIX + name for name in names])
    return {name: float(value) if value else None for name, value in zip(names, found, strict=True)}


def _broker() -> redis.Redis:
    # One try with a short patience: a health check that hangs tells nobody anything.
    return redis.Redis.from_url(
        settings.BROKER_URL,
        socket_timeout=TIMEOUT,
        socket_connect_timeout=TIMEOUT,
        retry=Retry(NoBackoff(), 0),
    )
