"""Puts a transaction into an actor's area: its first statement carries the database role and its ranges.

All settings are local to the transaction, so pgbouncer in transaction mode may hand the connection on.
Outside a scope the login role has no right on any tenant table: forgetting one fails loudly.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction

from . import paths

SLOTS = 8


class ScopeError(RuntimeError):
    """The code asked for a scope it cannot have: a mistake in the portal, never of a user."""


@dataclass(frozen=True, slots=True)
class Scope:
    """An area of the database: the role to switch to and what its policies compare with.

    `ranges` are half-open ranges of paths, `own` the range of the actor's own office, `listed` exact paths,
    `decides` the school whose employees a principal decides about, `granted` ids of single shared objects.
    """

    role: str
    user_id: int = 0
    membership_id: int = 0
    ranges: tuple[paths.Range, ...] = ()
    own: paths.Range = paths.EMPTY
    listed: tuple[str, ...] = ()
    granted: tuple[int, ...] = ()
    decides: str = ""

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ScopeError(f"no such scope role: {self.role}")
        for path in self.listed:
            # A comma in a path would be one more path.
            paths.check(path)
        if len(self.ranges) > (SLOTS if self.role == "portal_many" else 1):
            raise ScopeError(f"{self.role} cannot hold {len(self.ranges)} ranges")
        if self.role == "portal_one" and self.own != paths.EMPTY:
            raise ScopeError("portal_one has one range and no office beside it")

    def covers(self, path: str) -> bool:
        """Whether a row with this path lies in the area, as the policies of an office table say."""
        if self.role in {"portal_nat", "portal_system"}:
            return True
        if self.role == "portal_list":
            return path in self.listed
        if self.role == "portal_voc":
            inside = paths.covers(self.ranges, path) and paths.level(path) == paths.MENENGAH
            return inside or paths.covers((self.own,), path)
        return paths.covers((*self.ranges, self.own), path)

    def settings(self) -> list[tuple[str, str]]:
        """The transaction-local settings, in the order they are set."""
        values = [
            ("role", self.role),
            ("app.user", str(self.user_id)),
            ("app.membership", str(self.membership_id)),
            ("app.reason", ""),
        ]
        if self.role == "portal_list":
            values += [("app.paths", _array(self.listed)), ("app.decides", self.decides or paths.NOWHERE)]
        elif self.role == "portal_grant":
            values.append(("app.ids", _array(self.granted)))
        elif self.role in WITH_RANGES:
            if self.role != "portal_one":
                values += [("app.own_lo", self.own[0]), ("app.own_hi", self.own[1])]
            slots = SLOTS if self.role == "portal_many" else 1
            filled = (*self.ranges, *[paths.EMPTY] * slots)[:slots]
            for number, (low, high) in enumerate(filled):
                values += [(f"app.lo{number}", low), (f"app.hi{number}", high)]
        return values


WITH_RANGES = ("portal_one", "portal_upt", "portal_many", "portal_voc")
ROLES = (*WITH_RANGES, "portal_list", "portal_grant", "portal_nat", "portal_system")
NOBODY = Scope("portal_one", ranges=(paths.EMPTY,))
SYSTEM = Scope("portal_system")
"""The portal's own work (reminders, imports' clean-up); only the worker's login may take it."""

_current: ContextVar[Scope | None] = ContextVar("portal_scope", default=None)


def current() -> Scope | None:
    return _current.get()


@contextmanager
def enter(scope: Scope) -> Iterator[Scope]:
    """Open a transaction inside `scope`; raises ScopeError inside another one.

    A scope never widens: whoever needs another area ends this one first, or hands a task an id.
    """
    if _current.get() is not None:
        raise ScopeError("already inside a scope")
    nested = connection.in_atomic_block
    with transaction.atomic():
        previous = _role() if nested else ""
        token = _current.set(scope)
        try:
            with connection.execute_wrapper(Ahead(scope.settings())):
                yield scope
        finally:
            _current.reset(token)
        # Releasing a savepoint keeps SET LOCAL, so an outer transaction (a test's) gets its role back here.
        if previous and not connection.needs_rollback:
            _set([("role", previous)])


@contextmanager
def granted(ids: list[int]) -> Iterator[Scope]:
    """Narrow the present scope to single shared objects; the way a collaborator opens one report."""
    outer = _current.get()
    if outer is None:
        raise ScopeError("a grant needs a scope around it")
    inner = replace(outer, role="portal_grant", granted=tuple(ids), ranges=(), listed=(), own=paths.EMPTY)
    with transaction.atomic():
        _set(inner.settings())
        token = _current.set(inner)
        try:
            yield inner
        finally:
            _current.reset(token)
        if not connection.needs_rollback:
            _set(outer.settings())


def because(reason: str) -> None:
    """Write `reason` beside every change of this transaction in the history."""
    _set([("app.reason", reason[:500])])


class Ahead:
    """Sends a scope's settings in one message with its first statement (docs/decisions/024).

    Until then the transaction has the login's own rights: for the web and the worker none on a tenant table. What goes
    past Django's cursor (COPY) must come after a statement, or is refused there.
    """

    def __init__(self, values: list[tuple[str, str]]) -> None:
        self.values = values

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not self.values:
            return execute(sql, params, many, context)
        values, self.values = self.values, []
        try:
            if many or isinstance(params, Mapping):
                _set(values)
                return execute(sql, params, many, context)
            settings, given = _setting(values)
            if params is None:
                # A statement without parameters writes a % once, one with them twice.
                sql, params = sql.replace("%", "%%"), ()
            return execute(f"{settings}; {sql}", (*given, *params), many, context)
        except BaseException:
            # It may never have been sent (a NUL in a text), and whoever asked may go on with another.
            self.values = values
            raise


def _role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        return cursor.fetchone()[0]


def _set(values: list[tuple[str, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(*_setting(values))


def _setting(values: list[tuple[str, str]]) -> tuple[str, list[str]]:
    calls = ", ".join(["set_config(%s, %s, true)"] * len(values))
    return f"SELECT {calls}", [part for pair in values for part in pair]  # noqa: S608


def _array(values: tuple) -> str:
    """A PostgreSQL array; the values follow the grammar of paths or are numbers, so none needs a quote."""
    return "{" + ",".join(str(value) for value in values) + "}"
