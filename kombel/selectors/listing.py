"""The list of an area, light enough for tens of thousands of kombel: one query of plain values a page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import OuterRef, Q, QuerySet, Subquery

from coordination.actors.actor import Actor
from coordination.actors.models import Role, School, Wilayah

from ..models import Jenjang, Kombel

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
    options: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def following(self) -> int:
        return self.number + 1


def kombel_rows(actor: Actor, filters: Filters, *, silent_days: int) -> QuerySet[Kombel]:
    """The kombel an actor sees under these filters, longest silence first.

    The actor's own region is named as an equality too: the wall's range alone would give the rows in the
    order of their paths, and each page would sort the whole area.
    """
    rows = Kombel.objects.visible_to(actor)
    rows = rows.filter(**(region_of(filters) or home_region(actor)))
    if filters.jenis:
        rows = rows.filter(kind=filters.jenis)
    if filters.jenjang:
        rows = rows.filter(jenjang=filters.jenjang)
    if filters.q:
        key = filters.q.lower()
        rows = rows.filter(name_key__gte=key, name_key__lt=key + LAST_CHARACTER)
    return in_state(rows, filters.keadaan, actor.today(), silent_days).order_by("quiet_since", "id")


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


def in_state(rows: QuerySet[Kombel], state: str, today: date, silent_days: int) -> QuerySet[Kombel]:
    """Narrow to a state; "senyap" is derived: active, and the last meeting is more than `silent_days` ago."""
    if state == "senyap":
        return silent(rows, today, silent_days)
    if state == "butuh_upt":
        return rows.filter(state=Kombel.State.AKTIF, contact_outcome="butuh_upt")
    if state:
        return rows.filter(state=state)
    return rows.exclude(state=Kombel.State.TIDAK_AKTIF)


def silent(rows: QuerySet[Kombel], today: date, silent_days: int) -> QuerySet[Kombel]:
    return rows.filter(state=Kombel.State.AKTIF, quiet_since__lt=today - timedelta(days=silent_days))


def list_kombel(actor: Actor, filters: Filters, number: int, *, silent_days: int) -> Listing:
    """One page with names of its regions and the choices of the region filters: three statements."""
    number = min(max(number, 1), LAST_PAGE)
    rows = kombel_rows(actor, filters, silent_days=silent_days)
    start = (number - 1) * PAGE_SIZE
    # A subquery by key, not a join: the wall's range on the schools would tempt the planner to read them all.
    school = School.objects.filter(pk=OuterRef("school_id")).values("name")
    found = list(rows.annotate(school_name=Subquery(school)).values(*ROW)[start : start + PAGE_SIZE + 1])
    if actor.role == Role.MITRA_STAFF:
        # A mitra reads about the kombel, not about its people.
        found = [{**row, "penggerak": ""} for row in found]
    has_next = len(found) > PAGE_SIZE and number < LAST_PAGE
    whole = number == 1 and len(found) <= PAGE_SIZE
    total = len(found) if whole else rows.order_by()[: COUNT_CAP + 1].count()
    listing = Listing(found[:PAGE_SIZE], number, total if total <= COUNT_CAP else None, has_next)
    _regions(actor, filters, listing)
    return listing


def _regions(actor: Actor, filters: Filters, listing: Listing) -> None:
    codes = {row["kecamatan"] for row in listing.rows} | {row["kabkota"] for row in listing.rows}
    codes |= {row["provinsi"] for row in listing.rows}
    home = home_region(actor)
    office = actor.is_dinas or actor.is_upt or actor.is_pusat
    top = office and not home
    parents = list(home.values())
    if office and "kabkota" not in home:
        parents += [code for code in (filters.provinsi, filters.kabkota) if code]
    wanted = Q(code__in=codes) | Q(parent__in=parents)
    if top:
        wanted |= Q(level=Wilayah.Level.PROVINSI)
    options: dict[str, list[tuple[str, str]]] = {"provinsi": [], "kabkota": [], "kecamatan": []}
    for code, level, name, parent in (
        Wilayah.objects.filter(wanted).order_by("name").values_list("code", "level", "name", "parent_id")
    ):
        listing.names[code] = name
        if parent in parents or (top and level == Wilayah.Level.PROVINSI and served(actor, code)):
            options[level].append((code, name))
    listing.options = {level: pairs for level, pairs in options.items() if pairs}


def served(actor: Actor, provinsi: str) -> bool:
    """Whether an office that spans provinces has anything to do with this one."""
    return actor.is_pusat or actor.is_vocational or provinsi in actor.acting.serves
