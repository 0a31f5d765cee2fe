"""How a scope reaches the database: in one message with a statement it is for (docs/decisions/024, 025).

Wrappers around Django's cursor. Outside of them the login's own rights count: for the web and the worker none on a
tenant table. What goes past Django's cursor (COPY) must come after a statement, or is refused there.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol, cast

from django.db import connection

Wrapper = Callable[[Callable, str, Any, bool, dict[str, Any]], Any]
READ_ONLY = ("transaction_read_only", "on")
ENDINGS = ("RELEASE", "ROLLBACK")
"""What ends a savepoint: after a failure PostgreSQL takes nothing ahead of it."""


class HasSettings(Protocol):
    """A scope, as far as it matters here."""

    def settings(self) -> list[tuple[str, str]]: ...


def ahead(current: Callable[[], HasSettings | None]) -> Wrapper:
    """For a transaction: `current()` goes with the first statement, and again when it became another scope."""
    said: HasSettings | None = None
    depth = 0

    def carry(execute: Callable, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        nonlocal said, depth
        scope = current()
        if sql.startswith("ROLLBACK") and len(connection.savepoint_ids) < depth:
            # A savepoint given up takes along the settings that were made in it.
            said = None
        if scope is None or scope is said or sql.startswith(ENDINGS):
            return execute(sql, params, many, context)
        # Said only when it was sent (a NUL in a text keeps it here): whoever asked may go on with another statement.
        said = None
        answer = execute(_together(as_statement(*scope.settings()), sql, params), params, many, context)
        said, depth = scope, len(connection.savepoint_ids)
        return answer

    return carry


def along(current: Callable[[], HasSettings | None]) -> Wrapper:
    """Without a transaction: `current()` goes with every statement, which may change nothing."""
    said: HasSettings | None = None
    settings = ""

    def carry(execute: Callable, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        nonlocal said, settings
        scope = current()
        if scope is None or sql.startswith(ENDINGS):
            return execute(sql, params, many, context)
        if scope is not said:
            said, settings = scope, as_statement(*scope.settings(), READ_ONLY)
        return execute(_together(settings, sql, params), params, many, context)

    return carry


@lru_cache(maxsize=1024)
def as_statement(*settings: tuple[str, str]) -> str:
    """Settings local to a transaction, as a statement without parameters.

    Kept, for whoever asks for one page will ask for the next: quoting them takes as long as a short statement.
    """
    calls = ", ".join(["set_config(%s, %s, true)"] * len(settings))
    values = [part for pair in settings for part in pair]
    return cast(Any, connection.ops).compose_sql(f"SELECT {calls}", values)  # noqa: S608


def _together(settings: str, sql: str, params: Any) -> str:
    # A statement with parameters writes a % twice, one without them once.
    return f"{settings if params is None else settings.replace('%', '%%')}; {sql}"
