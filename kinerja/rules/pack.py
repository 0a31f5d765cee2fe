"""A regulation as data: what a pack of rules holds, read and checked.

A pack is one TOML file in `kinerja/packs/` or a row of `RulePack`; both become a `Pack` here, and nothing else
in the portal knows a number, an RHK or a predicate. Another regulation is another file (PK-2 to PK-11).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

LEVELS = ("atas", "sesuai", "bawah")
"""A rating against expectation: di atas, sesuai, di bawah ekspektasi."""
JENJANG = ("paud", "sd", "smp", "sma", "smk", "slb", "lain")
COLOURS = ("merah", "kuning", "hijau")
UNITS = ("semester", "tahun")


class PackError(ValueError):
    """A pack that cannot be used; says where and why, for the admin who wrote it."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One of the indicators of praktik pembelajaran (PK-4); `focus` are the behaviours that are observed."""

    code: str
    group: str
    name: str
    focus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Utama:
    """An RHK utama: `points` for each package of `per` units; points are None where the pack has none (PK-6)."""

    number: int
    text: str
    short: str
    points: int | None
    per: int
    unit: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Tambahan:
    """An RHK tambahan, for the jenjang it is offered to (PK-7)."""

    number: int
    text: str
    short: str
    jenjang: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One of the BerAKHLAK values with the behaviours to choose from (PK-8)."""

    code: str
    name: str
    behaviours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and the most points of a plan (Perdirjen 7607/2023: 32 and 128)."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days around a period: when planning opens and is due, when assessment opens and is due, how long to object."""

    plan_opens_before: int
    plan_due_after: int
    assess_opens_before: int
    assess_due_after: int
    objection_days: int


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate with its percentage for the angka kredit."""

    code: str
    name: str
    percent: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What may be sent as evidence; `required` says whether assessment waits for one per RHK."""

    uploads: bool
    required: bool
    megabytes: int


@dataclass(frozen=True)
class Pack:
    """A whole pack, ready to be asked."""

    code: str
    name: str
    source: str
    valid_from: date
    unit: str
    months: int
    calendar: Calendar
    limits: Limits | None
    evidence: Evidence
    indicators: tuple[Indicator, ...]
    utama: tuple[Utama, ...]
    tambahan: tuple[Tambahan, ...]
    reports: tuple[str, ...]
    values: tuple[Value, ...]
    scale: tuple[str, ...]
    predicates: tuple[Predicate, ...]
    table: Mapping[tuple[str, str], str]
    coefficients: Mapping[str, Decimal]
    positions: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_points(self) -> bool:
        return self.limits is not None

    def indicator(self, code: str) -> Indicator:
        return next(one for one in self.indicators if one.code == code)

    def rhk(self, number: int) -> Utama | Tambahan:
        return next(one for one in (*self.utama, *self.tambahan) if one.number == number)

    def value(self, code: str) -> Value:
        return next(one for one in self.values if one.code == code)

    def predicate(self, code: str) -> Predicate:
        return next(one for one in self.predicates if one.code == code)

    def offered_to(self, jenjang: str) -> tuple[Tambahan, ...]:
        """The tambahan of a jenjang: 14 for SD, 18 for SMP and SMA, 21 for SMK in Perdirjen 7607/2023."""
        return tuple(one for one in self.tambahan if jenjang in one.jenjang)

    def predicate_for(self, hasil: str, perilaku: str) -> Predicate:
        """The predicate of two ratings, by the pack's table (PK-10)."""
        return self.predicate(self.table[hasil, perilaku])


def read_pack(data: Mapping[str, Any]) -> Pack:
    """Build a Pack from TOML or JSON data; raises PackError naming the part that is wrong."""
    try:
        pack = _build(data)
    except KeyError as missing:
        raise PackError(f"{missing.args[0]}: tidak ada") from missing
    except (TypeError, ValueError, AttributeError, InvalidOperation) as problem:
        raise PackError(str(problem)) from problem
    _check(pack)
    return pack


def _build(data: Mapping[str, Any]) -> Pack:
    points = data.get("poin")
    grades = data["predikat"]
    credit = data["angka_kredit"]
    return Pack(
        code=str(data["kode"]),
        name=str(data["nama"]),
        source=str(data["sumber"]),
        valid_from=_day(data["berlaku_mulai"]),
        unit=data["periode"]["satuan"],
        months=int(data["periode"]["bulan"]),
        calendar=Calendar(**{name: int(data["periode"]["hari"][name]) for name in Calendar.__slots__}),
        limits=Limits(int(points["paling_sedikit"]), int(points["paling_banyak"])) if points else None,
        evidence=Evidence(
            bool(data["bukti"]["unggahan"]), bool(data["bukti"]["wajib"]), int(data["bukti"]["megabita"])
        ),
        indicators=tuple(
            Indicator(one["kode"], one["kelompok"], one["nama"], tuple(one["fokus"])) for one in data["indikator"]
        ),
        utama=tuple(
            Utama(
                int(one["nomor"]), one["teks"], one["singkat"], one.get("poin"), int(one.get("per", 1)),
                one["satuan"], one["bukti"],
            )
            for one in data["utama"]
        ),
        tambahan=tuple(
            Tambahan(int(one["nomor"]), one["teks"], one["singkat"], tuple(one["jenjang"]))
            for one in data.get("tambahan", [])
        ),
        reports=tuple(data["laporan"]),
        values=tuple(Value(one["kode"], one["nama"], tuple(one["perilaku"])) for one in data["nilai"]),
        scale=tuple(data["observasi"]["skala"]),
        predicates=tuple(Predicate(one["kode"], one["nama"], int(one["persen"])) for one in grades["tingkat"]),
        table={(hasil, perilaku): code for hasil, row in grades["tabel"].items() for perilaku, code in row.items()},
        coefficients={code: Decimal(str(one["koefisien"])) for code, one in credit.items()},
        positions={code: one["nama"] for code, one in credit.items()},
    )  # fmt: skip


def _day(found: Any) -> date:
    return found if isinstance(found, date) else date.fromisoformat(found)


def _check(pack: Pack) -> None:
    """What every pack must satisfy; each line is one sentence the admin reads."""
    problems = [
        (pack.unit in UNITS, f"periode.satuan: {pack.unit!r} bukan {UNITS}"),
        (pack.months in {6, 12}, "periode.bulan: 6 atau 12"),
        (bool(pack.utama) and bool(pack.indicators) and bool(pack.values), "utama, indikator dan nilai tidak kosong"),
        (_once(one.number for one in (*pack.utama, *pack.tambahan)), "nomor RHK berulang"),
        (_once(one.code for one in pack.indicators), "kode indikator berulang"),
        (_once(one.code for one in pack.values), "kode nilai berulang"),
        (all(one.focus for one in pack.indicators), "setiap indikator punya fokus perilaku"),
        (all(one.behaviours for one in pack.values), "setiap nilai punya pilihan perilaku"),
        (all(one.per >= 1 for one in pack.utama), "utama.per: paling sedikit 1"),
        (all((type(one.points) is int and one.points > 0) == pack.has_points for one in pack.utama),
         "utama.poin: semua RHK berpoin, atau tidak satu pun"),
        (all(set(one.jenjang) <= set(JENJANG) and one.jenjang for one in pack.tambahan), "tambahan.jenjang"),
        (pack.limits is None or 0 < pack.limits.least <= pack.limits.most, "poin: 0 < paling_sedikit <= paling_banyak"),
        (set(pack.table) == {(a, b) for a in LEVELS for b in LEVELS}, "predikat.tabel: sembilan pasangan"),
        (set(pack.table.values()) <= {one.code for one in pack.predicates}, "predikat.tabel: tingkat yang tidak ada"),
        (len(pack.scale) >= 2, "observasi.skala: paling sedikit dua"),
        (all(number > 0 for number in pack.coefficients.values()) and bool(pack.coefficients), "angka_kredit"),
        (all(number >= 0 for number in (getattr(pack.calendar, name) for name in Calendar.__slots__)), "periode.hari"),
    ]  # fmt: skip
    if wrong := [said for holds, said in problems if not holds]:
        raise PackError("; ".join(wrong))


def _once(values) -> bool:
    found = list(values)
    return len(found) == len(set(found))
