"""The list of an area, light enough for tens of thousands of kombel: one query of plain values a page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from coordination.actors.actor import Actor
from coordination.actors.models import Role
from coordination.actors.selectors.regions import region_names, regions_below

from ..models import Jenjang, Kombel
from ..policies.kombel import KombelPolicy
from .statements import asked, where_of

PAGE_SIZE = 50
COUNT_CAP = 1000
"""Above this the list says "lebih dari 1.000": an exact count would read the whole area on every page."""
LAST_PAGE = 200
"""Deeper pages are refused: whoever needs row 10,001 needs a filter."""
LAST_CHARACTER = "\U0010ffff"

ROW = (
    "id",
    "name",
    "kind",
    "jenjang",
    "state",
    "school_name",
    "kabkota",
    "kecamatan",
    "provinsi",
    "last_meeting",
    "quiet_since",
    "penggerak",
    "members",
    "contact_outcome",
)


OPEN = [Kombel.State.AKTIF.value, Kombel.State.DRAFT.value]
DERIVED_STATES = ("senyap", "butuh_upt")
KNOWN = {
    "jenis": frozenset(Kombel.Kind.values),
    "keadaan": frozenset((*Kombel.State.values, *DERIVED_STATES)),
    "jenjang": frozenset(Jenjang.values),
}
CODES = {
    name: re.compile(rf"[0-9]{{2}}(\.[0-9]{{2}}){{{depth}}}")
    for depth, name in enumerate(("provinsi", "kabkota", "kecamatan"))
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked for, named as in the address; empty strings ask for nothing."""

    q: str = ""
    jenis: str = ""
    keadaan: str = ""
    jenjang: str = ""
    provinsi: str = ""
    kabkota: str = ""
    kecamatan: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Filters":
        """The filters of an address; a value that is not known is no filter, never an error."""
        found = {"q": query.get("q", "").strip()[:120].replace("\x00", "")}
        for name, values in KNOWN.items():
            value = query.get(name, "")
            found[name] = value if value in values else ""
        for name, shape in CODES.items():
            value = query.get(name, "")
            found[name] = value if shape.fullmatch(value) else ""
        return cls(**found)

    def query(self) -> str:
        """The filters in use as a query string."""
        return urlencode({name: value for name in self.__slots__ if (value := getattr(self, name))})


def page_number(query: Mapping[str, str]) -> int:
    """The page an address asks for; 1 when it says nothing sensible."""
    text = query.get("halaman", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


@dataclass(slots=True)
class Listing:
    """A page of rows (dicts of ROW) with what is needed to step on; `total` is None above the cap."""

    rows: list[dict]
    number: int
    total: int | None
    has_next: bool
    names: dict[str, str] = field(default_factory=dict)
    options: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


def kombel_rows(actor: Actor, filters: Filters, *, silent_days: int) -> QuerySet[Kombel]:
    """The kombel an actor sees under these filters, longest silence first."""
    rows = Kombel.objects.visible_to(actor).filter(**conditions(actor, filters, silent_days=silent_days))
    return rows.order_by("quiet_since", "id")


def conditions(actor: Actor, filters: Filters, *, silent_days: int) -> dict[str, Any]:
    """The filters as lookups.

    The actor's own region is named as an equality too: the wall's range alone would give the rows in the
    order of their paths, and each page would sort the whole area.
    """
    found = region_of(filters) or home_region(actor)
    if filters.jenis:
        found["kind"] = filters.jenis
    if filters.jenjang:
        found["jenjang"] = filters.jenjang
    if filters.q:
        key = filters.q.lower()
        found |= {"name_key__gte": key, "name_key__lt": key + LAST_CHARACTER}
    return found | in_state(filters.keadaan, actor.today(), silent_days)


def region_of(filters: Filters) -> dict[str, str]:
    """The narrowest region that was asked for."""
    for name in ("kecamatan", "kabkota", "provinsi"):
        if getattr(filters, name):
            return {name: getattr(filters, name)}
    return {}


def home_region(actor: Actor) -> dict[str, str]:
    """The one region an office answers for, if it is one."""
    acting = actor.acting
    if actor.is_dinas and acting.wilayah:
        return {"kabkota" if "." in acting.wilayah else "provinsi": acting.wilayah}
    if actor.is_upt and len(acting.serves) == 1 and not actor.is_vocational:
        return {"provinsi": acting.serves[0]}
    return {}


def in_state(state: str, today: date, silent_days: int) -> dict[str, Any]:
    """Lookups of a state; "senyap" is derived: active, and the last meeting is more than `silent_days` ago."""
    if state == "senyap":
        return {"state": Kombel.State.AKTIF.value, "quiet_since__lt": today - timedelta(days=silent_days)}
    if state == "butuh_upt":
        return {"state": Kombel.State.AKTIF.value, "contact_outcome": "butuh_upt"}
    return {"state": state} if state else {"state__in": OPEN}


def silent(rows: QuerySet[Kombel], today: date, silent_days: int) -> QuerySet[Kombel]:
    return rows.filter(**in_state("senyap", today, silent_days))


COLUMNS = ", ".join(column for column in ROW if column != "school_name")
COUNT = f"SELECT count(*) AS total FROM (SELECT FROM kombel_kombel WHERE %(where)s LIMIT {COUNT_CAP + 1}) counted"
# The name by key, not by a join: the wall's range on the schools would tempt the planner to read them all.
PAGE = f"""
    SELECT {COLUMNS}, (SELECT s.name FROM actors_school s WHERE s.id = k.school_id) AS school_name,
        ({COUNT}) AS total
    FROM kombel_kombel k WHERE %(where)s ORDER BY quiet_since, id OFFSET %%s LIMIT {PAGE_SIZE + 1}
"""


def list_kombel(actor: Actor, filters: Filters, number: int, *, silent_days: int) -> Listing:
    """One page and how many there are, in one statement.

    Written by hand, because the most opened list of the portal spent a fifth of its time on putting it together;
    tests/kombel/test_list.py holds it to the same rows as `kombel_rows`.
    """
    number = min(max(number, 1), LAST_PAGE)
    start = (number - 1) * PAGE_SIZE
    where, values = where_of(conditions(actor, filters, silent_days=silent_days), KombelPolicy.limits(actor))
    found = asked(PAGE % {"where": where}, [*values, *values, start])
    total = found[0]["total"] if found else asked(COUNT % {"where": where}, values)[0]["total"]
    if actor.role == Role.MITRA_STAFF:
        # A mitra reads about the kombel, not about its people.
        found = [{**row, "penggerak": ""} for row in found]
    has_next = len(found) > PAGE_SIZE and number < LAST_PAGE
    total = total if total <= COUNT_CAP else None
    return Listing(found[:PAGE_SIZE], number, total, has_next, region_names(), region_options(actor, filters))


def region_options(actor: Actor, filters: Filters) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The region filters that make sense for this actor, from the widest, each with its choices."""
    if not (actor.is_dinas or actor.is_upt or actor.is_pusat):
        return ()
    home = home_region(actor)
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    if not home:
        found["provinsi"] = tuple(pair for pair in regions_below(None) if served(actor, pair[0]))
    provinsi = home.get("provinsi", filters.provinsi)
    if provinsi and "kabkota" not in home:
        found["kabkota"] = regions_below(provinsi)
    if kabkota := home.get("kabkota", filters.kabkota):
        found["kecamatan"] = regions_below(kabkota)
    return tuple((level, pairs) for level, pairs in found.items() if pairs)


def served(actor: Actor, provinsi: str) -> bool:
    """Whether an office that spans provinces has anything to do with this one."""
    return actor.is_pusat or actor.is_vocational or provinsi in actor.acting.serves
