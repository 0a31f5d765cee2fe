"""Answers kept in the memory of a process for a while: reference data that everybody reads and hardly anybody changes.

Never for anything behind the wall: what is kept here is the same for every reader.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_every_store: list[dict] = []


def kept(seconds: float, most: int = 2000) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep what a function answers for `seconds`, by its arguments, at most `most` answers; None is not kept."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        store: dict[tuple, tuple[float, T]] = {}
        _every_store.append(store)

        @wraps(function)
        def answer(*args: P.args, **kwargs: P.kwargs) -> T:
            key = (args, tuple(kwargs.items()))
            found = store.get(key)
            now = time.monotonic()
            if found is not None and found[0] > now:
                return found[1]
            value = function(*args, **kwargs)
            if value is not None:
                if len(store) >= most:
                    store.clear()
                store[key] = (now + seconds, value)
            return value

        return answer

    return decorate


def forget() -> None:
    """Drop everything this process keeps: after a change made here, and between tests."""
    for store in _every_store:
        store.clear()
