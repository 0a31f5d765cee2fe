"""The test world: the same rows at places that must not see each other, each text a canary.

Places: the schools of Depok (an SD and an SMK) and Balikpapan, and three offices: BBGP and BBPMP Jawa Barat, which
share a province but not their desks, and BGP Kalimantan Timur. Who sees a place is written down here by hand,
so that it is told apart from what the portal computes.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import connection
from django.utils import timezone

from coordination.actors.models import Membership, Organisation, School, User
from coordination.actors.tenancy import paths
from coordination.notices.models import Notice

from . import DINAS_DEPOK, PUSAT, UPT_JABAR, Ref, builders

FIRST_ID = 1_000_000
SEES = {
    "depok": f"{PUSAT} {UPT_JABAR} pmp_jabar {DINAS_DEPOK} kepsek guru operator penggerak pengawas",
    "smk_depok": f"{PUSAT} {UPT_JABAR} pmp_jabar dinas_jabar kepsek_smk",
    "balikpapan": f"{PUSAT} upt_kaltim dinas_balikpapan kepsek_balikpapan penggerak_balikpapan",
    "bbgp_jabar": f"{PUSAT} {UPT_JABAR}",
    "bbpmp_jabar": f"{PUSAT} pmp_jabar",
    "bgp_kaltim": f"{PUSAT} upt_kaltim",
}
SCHOOLS = {"depok": "99000001", "smk_depok": "99000003", "balikpapan": "99000005"}
BELOW = {"bbgp_jabar": "depok", "bbpmp_jabar": "depok", "bgp_kaltim": "balikpapan"}
"""The school place that an office's rows are about."""


@dataclass(frozen=True)
class Thing:
    """An object of the world, and who of the cast sees it."""

    key: str
    site: str
    obj: Any
    seen_by: frozenset[str]


@dataclass
class Site:
    """One place, as the builders get it: `school` or `office` (the other is None), and its path."""

    name: str
    world: "World"
    serial: int = 0
    school: School | None = None
    office: Organisation | None = None

    @property
    def path(self) -> str:
        """The path of the school's or the office's own rows."""
        return (self.school or self.office).path

    def record(self, key: str) -> str:
        """A path for a record of the kab/kota as a whole, such as a kombel between schools."""
        return paths.record(self.school.kabkota_id, self.school.level, f"{key}{self.serial}")

    @property
    def below(self) -> "Site":
        """For an office: the school place its rows are about."""
        return self.world.sites[BELOW[self.name]]

    def canary(self, word: str, *, also: str = "", only: str = "") -> str:
        """A text that nobody but the place's people may ever read.

        `also` adds people (whom it was delivered to), `only` names all of them (a private row).
        """
        text = f"kanari{self.name.replace('_', '')}{word}{_letters(f'{self.name}{word}{self.serial}')}"
        self.world.canaries[text.lower()] = self._seen(also, only)
        return text

    def give(self, key: str, obj: Any, *, also: str = "", only: str = "") -> Any:
        """Name an object for the rows' `Ref(key)`; `also` and `only` as for `canary`."""
        if not self.serial:
            self.world.things[key].append(Thing(key, self.name, obj, self._seen(also, only)))
        return obj

    def get(self, key: str) -> Any:
        """The object a lower floor's builder gave this name here."""
        return next(thing.obj for thing in self.world.things[key] if thing.site == self.name)

    def person(self, name: str) -> User:
        return self.world.people[name]

    def someone(self, role: str) -> Membership:
        """A membership of the cast at this place, by role (`guru` exists only in Depok)."""
        return Membership.objects.filter(role=role, path=self.path).order_by("id").first()

    def _seen(self, also: str, only: str) -> frozenset[str]:
        return frozenset((only or f"{SEES[self.name]} {also}").split())


@dataclass
class World:
    """All places with their objects, and every canary with the people who may read it."""

    things: dict[str, list[Thing]] = field(default_factory=lambda: defaultdict(list))
    canaries: dict[str, frozenset[str]] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    first_new: int = 0
    """Rows with this id or a higher one came after the world was made."""

    def own(self, ref: Ref, name: str) -> list[Thing]:
        return [thing for thing in self.things[ref.key] if name in thing.seen_by]

    def foreign(self, ref: Ref, name: str) -> list[Thing]:
        return [thing for thing in self.things[ref.key] if name not in thing.seen_by]

    def grow(self, sites: list[str]) -> None:
        """Build once more at some places: rows that must change nobody else's answers."""
        for site in sites:
            self.sites[site].serial += 1
        for build in builders():
            for site in sites:
                build(self.sites[site])
        _nothing_waits()


def _nothing_waits() -> None:
    """What the builders told people has gone out, so that a request's own mails are all there is to see."""
    Notice.objects.filter(state="pending").update(state="sent", sent_at=timezone.now())


def build_world() -> World:
    """Make the world as the owner of the tables, inside the test's transaction."""
    world = World(people={user.username: user for user in User.objects.all()})
    _raise_sequences()
    for name in SEES:
        at = Site(name, world)
        if name in SCHOOLS:
            at.school = School.objects.get(npsn=SCHOOLS[name])
        else:
            at.office = Organisation.objects.get(code=name)
        world.sites[name] = at
    for build in builders():
        for at in world.sites.values():
            build(at)
    _nothing_waits()
    world.first_new = _raise_sequences()
    return world


def _raise_sequences() -> int:
    """Set all sequences to one round number above all of them, so that ids tell old rows from new ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' "
            "AND data_type = 'bigint'::regtype"
        )
        found = cursor.fetchall()
        highest = max([FIRST_ID, *(last or 0 for _name, last in found)])
        start = (highest // 1000 + 1) * 1000
        for name, _last in found:
            cursor.execute(f"SELECT setval('{name}', {start}, false)")
    return start


def _letters(seed: str) -> str:
    """Eight letters that differ for each seed and look like no number."""
    return "".join(chr(ord("a") + byte % 26) for byte in sha256(seed.encode()).digest()[:8])
