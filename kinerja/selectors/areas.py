"""Which area a reader of counts looks at, what lies below it, and how both are called."""

import re
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.models import Role, School, Wilayah
from coordination.actors.tenancy import paths

from ..models import Tally
from ..policies.public import READERS

CODE = re.compile(r"\d\d(\.\d\d){0,2}")
Depth = Tally.Depth
OF_SCHOOLS = (Role.KEPSEK, Role.PENGAWAS)
"""Who has schools and no area around them."""


@dataclass
class Area:
    """An area as its reader may see it: `own` are its tallies, `below` those of its parts, `beside` its neighbours'.

    `code` is a Kemendagri code, or empty for the widest area of a reader with several provinces. A kab/kota
    stands in the tallies once for each level; a Dinas reads one of them, a UPT both.
    """

    code: str
    own: Q
    below: Q
    beside: Q
    of_schools: bool = False
    school: School | None = None
    names: dict[str, str] = field(default_factory=dict)
    """Of the area and those around it, by code."""
    parts: dict[str, str] = field(default_factory=dict)
    """Of what lies below it, by code or NPSN, also where nothing is counted yet."""

    @property
    def name(self) -> str:
        if self.school:
            return self.school.name
        if not self.code:
            return self.names.get("") or _("Indonesia")
        return self.names[self.code]

    @property
    def query(self) -> dict[str, str]:
        """What names the area in an address."""
        if self.school:
            return {"sekolah": self.school.npsn}
        return {"wilayah": self.code} if self.code else {}

    @property
    def part_label(self) -> str:
        if self.of_schools:
            return _("Sekolah")
        return {0: _("Provinsi"), 2: _("Kab/kota")}.get(len(self.code), _("Kecamatan"))

    def part_query(self, code: str) -> dict[str, str]:
        return {"sekolah": code} if self.of_schools else {"wilayah": code}


def reads_counts(actor: Actor) -> bool:
    return actor.role in READERS


def levels_of(actor: Actor) -> tuple[str, ...]:
    """The levels of schools an office answers for: basic, secondary, or both."""
    if actor.is_vocational:
        return (paths.MENENGAH,)
    if actor.is_dinas:
        return (paths.DASAR,) if actor.acting.unit == "dinas_kabkota" else (paths.MENENGAH,)
    return paths.LEVELS


def area_of(actor: Actor, *, wilayah: str = "", npsn: str = "") -> Area:
    """The area somebody asks for, or the widest one they have; raises LookupError for one they do not see.

    At most two statements: the names, and the schools of a kecamatan.
    """
    if not reads_counts(actor):
        raise LookupError("reads no counts")
    if wilayah and actor.role in OF_SCHOOLS:
        raise LookupError(wilayah)
    if actor.role == Role.KEPSEK or npsn:
        return _school(actor, npsn or actor.acting.path.rpartition("/")[2].upper())
    if actor.role == Role.PENGAWAS:
        return _listed(actor)
    code = wilayah or _widest(actor)
    return _region(actor, code) if code else _several(actor)


def sees(actor: Actor, code: str) -> bool:
    """Whether a region is the reader's, at one of their levels at least."""
    return any(actor.covers(paths.region(code, level)) for level in levels_of(actor))


def part_of(path: str) -> str:
    """The code or NPSN an area's path stands for: `32.d.76` gives `32.76`, a school its NPSN."""
    region, _slash, npsn = path.partition("/")
    if npsn:
        return npsn.upper()
    first, *rest = region.split(".")
    return ".".join([first, *rest[1:]])


def provinces_of(actor: Actor) -> tuple[str, ...] | None:
    """The provinces of a UPT; None for the whole country."""
    return None if actor.is_pusat or actor.is_vocational else tuple(actor.acting.serves)


def _widest(actor: Actor) -> str:
    if actor.is_dinas:
        return actor.acting.wilayah or ""
    serves = provinces_of(actor)
    return serves[0] if serves and len(serves) == 1 else ""


def _several(actor: Actor) -> Area:
    provinces = provinces_of(actor)
    rows = Wilayah.objects.filter(level=Wilayah.Level.PROVINSI)
    if provinces is not None:
        rows = rows.filter(code__in=provinces)
    parts = dict(rows.order_by("name").values_list("code", "name"))
    below = Q(depth=Depth.LEVEL) if actor.is_vocational else Q(depth=Depth.PROVINSI)
    if provinces is not None:
        below &= Q(path__in=provinces)
    names = {} if provinces is None else {"": ", ".join(parts.values())}
    own = Q(path=Tally.NATION) if actor.is_pusat else below
    return Area("", own, below, Q(pk=None), names=names, parts=parts)


def _region(actor: Actor, code: str) -> Area:
    if not CODE.fullmatch(code):
        raise LookupError(code)
    levels = levels_of(actor)
    here = [paths.region(code, level) for level in levels]
    if not sees(actor, code):
        raise LookupError(code)
    around = [code[:end] for end in (2, 5, 8) if end <= len(code)]
    names: dict[str, str] = {}
    parts: dict[str, str] = {}
    found = Wilayah.objects.filter(Q(code__in=around) | Q(parent_id=code)).order_by("name")
    for one, name in found.values_list("code", "name"):
        (names if one in around else parts)[one] = name
    whole = code[6:] == paths.WHOLE
    if whole and code[:5] in names:
        names[code] = _("Kecamatan belum diketahui")
    if code not in names:
        raise LookupError(code)
    both = len(levels) > 1
    above = {2: [Tally.NATION] if both else [], 5: [paths.region(code[:2], level) for level in levels]}
    parents = above.get(len(code), [paths.region(code[:5], level) for level in levels])
    own = Q(path=code) if len(code) == 2 and both else Q(path__in=here)
    beside = Q(parent__in=parents) if parents else Q(depth=Depth.LEVEL)
    area = Area(code, own, Q(parent__in=here), beside, names=names, parts=parts)
    if len(code) == 8:
        area.of_schools = True
        place = {"kecamatan": None, "kabkota_id": code[:5]} if whole else {"kecamatan_id": code}
        area.parts = _schools(actor, **place)
    return area


def _schools(actor: Actor, **place) -> dict[str, str]:
    rows = School.objects.visible_to(actor).filter(active=True, **place)
    return dict(rows.order_by("name").values_list("npsn", "name"))


def _listed(actor: Actor) -> Area:
    schools = Q(depth=Depth.SCHOOL)
    return Area(
        "", schools, schools, Q(pk=None), of_schools=True, names={"": _("Sekolah binaan")}, parts=_schools(actor)
    )


def _school(actor: Actor, npsn: str) -> Area:
    rows = School.objects.visible_to(actor).select_related("provinsi", "kabkota", "kecamatan")
    school = rows.filter(npsn=npsn).first()
    if school is None or (actor.role == Role.KEPSEK and school.path != actor.acting.path):
        raise LookupError(npsn)
    around = [one for one in (school.provinsi, school.kabkota, school.kecamatan) if one]
    if actor.role in OF_SCHOOLS:
        around = []
    names = {one.code: one.name for one in around}
    beside = Q(parent=school.path.partition("/")[0])
    code = school.kecamatan_id or f"{school.kabkota_id}.{paths.WHOLE}"
    return Area(code, Q(path=school.path), Q(pk=None), beside, school=school, names=names)
