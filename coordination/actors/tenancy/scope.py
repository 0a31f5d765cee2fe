"""Puts statements into an actor's area: they bring the database role and its ranges with them.

All settings are local to a transaction, so pgbouncer in transaction mode may hand the connection on.
Outside a scope the login role has no right on any tenant table: forgetting one fails loudly.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, replace

from django.db import connection, transaction

from . import paths
from .carried import Wrapper, ahead, along

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
    nested = connection.in_atomic_block
    with transaction.atomic():
        previous = _role() if nested else ""
        with _in_force(scope, ahead(current)):
            yield scope
        # Releasing a savepoint keeps SET LOCAL, so an outer transaction (a test's) gets its role back here.
        if previous and not connection.needs_rollback:
            _set("role", previous)


@contextmanager
def reading(scope: Scope) -> Iterator[Scope]:
    """Read inside `scope` without a transaction (docs/decisions/025); raises ScopeError inside another one.

    Every statement brings its scope along and may change nothing: whoever tries is refused by PostgreSQL.
    """
    with _undone() if connection.in_atomic_block else nullcontext(), _in_force(scope, along(current)):
        yield scope


@contextmanager
def _in_force(scope: Scope, carrier: Wrapper) -> Iterator[None]:
    if _current.get() is not None:
        raise ScopeError("already inside a scope")
    token = _current.set(scope)
    try:
        with connection.execute_wrapper(carrier):
            yield
    finally:
        _current.reset(token)


@contextmanager
def _undone() -> Iterator[None]:
    """In another's transaction (a test's) settings would stay: nothing was changed, so all of it is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def granted(ids: list[int]) -> Iterator[Scope]:
    """Narrow the present scope to single shared objects; the way a collaborator opens one report."""
    outer = _current.get()
    if outer is None:
        raise ScopeError("a grant needs a scope around it")
    inner = replace(outer, role="portal_grant", granted=tuple(ids), ranges=(), listed=(), own=paths.EMPTY)
    token = _current.set(inner)
    try:
        yield inner
    finally:
        _current.reset(token)


def because(reason: str) -> None:
    """Write `reason` beside every change of this transaction in the history."""
    _set("app.reason", reason[:500])


def _role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        return cursor.fetchone()[0]


def _set(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


def _array(values: tuple) -> str:
    """A PostgreSQL array; the values follow the grammar of paths or are numbers, so none needs a quote."""
    return "{" + ",".join(str(value) for value in values) + "}"
