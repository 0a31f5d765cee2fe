"""Who acts: a person, all their present memberships, and the one they act as.

`request.actor` is an Actor; every service takes one first. `scope` is derived here and nowhere else.
"""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from .models import Organisation, Role, User
from .models.memberships import SCHOOL_ROLES, spoken
from .tenancy import paths
from .tenancy.scope import NOBODY, SLOTS, SYSTEM, Scope, enter

PUSAT = (Role.PUSAT_ADMIN, Role.PUSAT_READER)
UPT = (Role.UPT_HEAD, Role.UPT_COORDINATOR, Role.UPT_STAFF, Role.UPT_WALI)
DINAS = (Role.DINAS_HEAD, Role.DINAS_OFFICER)
AT_SCHOOL = SCHOOL_ROLES


@dataclass(frozen=True)
class Acting:
    """A present membership with what is needed to say where it reaches."""

    id: int
    role: str
    plt: bool
    path: str
    place: str
    time_zone: str
    starts: str
    until: str | None
    organisation_id: int | None
    kind: str | None
    unit: str | None
    wilayah: str | None
    school_id: int | None
    level: str | None
    bentuk: str | None
    kabkota: str | None
    serves: tuple[str, ...] = ()
    reaches: tuple[tuple[str, str], ...] = ()

    @property
    def role_label(self) -> str:
        return spoken(self.role, plt=self.plt)

    @property
    def unit_name(self) -> str:
        return self.place

    @property
    def label(self) -> str:
        return f"{self.role_label} · {self.place}"

    @property
    def zone(self) -> ZoneInfo:
        """The time of day where the office or school stands (WIB, WITA or WIT)."""
        return ZoneInfo(self.time_zone)

    def today(self) -> date:
        """Today's date where the office or school stands."""
        return datetime.now(self.zone).date()

    def scope(self, user_id: int) -> Scope:
        """The area of the database this membership reaches; a membership that reaches nothing sees nothing."""
        base: dict[str, Any] = {"user_id": user_id, "membership_id": self.id}
        if self.role in PUSAT:
            return Scope("portal_nat", **base)
        if self.role in UPT:
            return self._upt_scope(base)
        if self.role in DINAS:
            level = paths.DASAR if self.unit == "dinas_kabkota" else paths.MENENGAH
            return Scope("portal_one", ranges=(paths.area(paths.region(self.wilayah or "", level)),), **base)
        if self.role == Role.MITRA_STAFF:
            return self._mitra_scope(base)
        listed = [target for kind, target in self.reaches if kind != "area"]
        if self.role in AT_SCHOOL:
            listed.insert(0, self.path)
        decides = self.path if self.role == Role.KEPSEK else ""
        return Scope("portal_list", listed=tuple(dict.fromkeys(listed)), decides=decides, **base)

    def _upt_scope(self, base: dict) -> Scope:
        own = paths.area(self.path)
        if self.unit in Organisation.VOCATIONAL:
            # They work by field, not by province: the wall leaves them SMA and SMK, policies narrow them to SMK.
            return Scope("portal_voc", ranges=(paths.TERRITORY,), own=own, **base)
        ranges = paths.merged(self.serves)
        if len(ranges) <= 1:
            return Scope("portal_upt", ranges=ranges or (paths.EMPTY,), own=own, **base)
        return Scope("portal_many", ranges=ranges[:SLOTS], own=own, **base)

    def _mitra_scope(self, base: dict) -> Scope:
        areas = tuple(paths.area(target) for kind, target in self.reaches if kind == "area")
        listed = tuple(target for kind, target in self.reaches if kind != "area")
        if not areas:
            return Scope("portal_list", listed=(self.path, *listed), **base)
        beside = (target for target in listed if not paths.covers(areas, target))
        ranges = (*areas, *((target, f"{target}/") for target in beside))[:SLOTS]
        return Scope("portal_many", ranges=ranges, own=paths.area(self.path), **base)


@dataclass
class Actor:
    """A person acting as one of their memberships, or as none."""

    user: User
    memberships: tuple[Acting, ...] = ()
    # None only for a person without a role: every policy refuses them before a service asks where they act.
    acting: Acting = None  # type: ignore[assignment]
    via: str = field(default="web")

    @property
    def name(self) -> str:
        return str(self.user)

    @property
    def role(self) -> str:
        return self.acting.role if self.acting else ""

    @property
    def is_pusat(self) -> bool:
        return self.role in PUSAT

    @property
    def is_upt(self) -> bool:
        return self.role in UPT

    @property
    def is_dinas(self) -> bool:
        return self.role in DINAS

    @property
    def is_vocational(self) -> bool:
        return bool(self.acting and self.acting.unit in Organisation.VOCATIONAL)

    @property
    def organisation_id(self) -> int | None:
        return self.acting.organisation_id if self.acting else None

    @cached_property
    def scope(self) -> Scope:
        if self.acting is None:
            return Scope("portal_one", user_id=self.user.pk or 0, ranges=(paths.EMPTY,))
        return self.acting.scope(self.user.pk)

    def covers(self, path: str) -> bool:
        """Whether a path lies in the actor's area; says the same as the database's policy."""
        return self.scope.covers(path)

    def today(self) -> date:
        return self.acting.today() if self.acting else timezone.localdate()

    @contextmanager
    def entered(self) -> Iterator["Actor"]:
        """Work inside the actor's scope, in one transaction."""
        with enter(self.scope):
            yield self


class ActorRequest(HttpRequest):
    """A request after the middleware; for the signatures of views."""

    actor: Actor


PRIORITY = {role: number for number, role in enumerate(Role.values)}


def actor_for(user: User, membership_id: int | None = None, *, exactly: bool = False) -> Actor:
    """Look up a person's present memberships (at most one statement) and act as the chosen or the widest one.

    With `exactly`, act as the chosen one or as none: a token or a task never turns into another role.
    """
    if not user.is_authenticated:
        return Actor(user)
    memberships = tuple(_read(row) for row in json.loads(_memberships_of(user)))
    chosen = next((one for one in memberships if one.id == membership_id), None)
    if chosen is None and memberships and not exactly:
        chosen = min(memberships, key=lambda one: (PRIORITY[one.role], one.id))
    return Actor(user, memberships, chosen)  # type: ignore[arg-type]


def _memberships_of(user: User) -> str:
    found, user.memberships_now = user.memberships_now, None
    if found is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT portal_memberships(%s)::text", [user.pk])
            found = cursor.fetchone()[0]
    return found


def actor_by_ids(user_id: int, membership_id: int) -> Actor:
    """Rebuild an actor in the worker; raises LookupError when the membership or the account has ended meanwhile."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    actor = actor_for(user, membership_id, exactly=True) if user else None
    if actor is None or actor.acting is None:
        raise LookupError(f"membership {membership_id} of user {user_id} is not in force")
    return actor


def system() -> AbstractContextManager[Scope]:
    """The scope of the portal's own work; only the worker's login can take it."""
    return enter(SYSTEM)


def nobody() -> AbstractContextManager[Scope]:
    """The scope of a visitor who has not logged in: no tenant row at all."""
    return enter(NOBODY)


def _read(row: dict) -> Acting:
    row["serves"] = tuple(row["serves"])
    row["reaches"] = tuple((kind, target) for kind, target in row["reaches"])
    return Acting(**row)
