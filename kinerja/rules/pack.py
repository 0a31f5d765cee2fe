"""A regulation as data: what a pack of rules holds, read and checked.

A pack is one TOML file in `kinerja/packs/` or a row of `RulePack`; both become a `Pack` here, and nothing else
in the portal knows a number, an RHK or a predicate. Another regulation is another file (PK-2 to PK-11).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any, TypeVar

Built = TypeVar("Built")

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

    @property
    def all_rhk(self) -> tuple[Utama | Tambahan, ...]:
        return (*self.utama, *self.tambahan)

    def rhk(self, number: int) -> Utama | Tambahan:
        return next(one for one in self.all_rhk if one.number == number)

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
    if not isinstance(data, Mapping):
        raise PackError("paket: bukan tabel")
    pack = _build(data)
    _check(pack)
    return pack


def _build(data: Mapping[str, Any]) -> Pack:
    part = partial(_part, data)
    return Pack(
        code=part("kode", _word),
        name=part("nama", _word),
        source=part("sumber", _word),
        valid_from=part("berlaku_mulai", _day),
        unit=part("periode", lambda found: _word(found["satuan"])),
        months=part("periode", lambda found: _whole(found["bulan"])),
        calendar=part(
            "periode", lambda found: Calendar(**{name: _whole(found["hari"][name]) for name in Calendar.__slots__})
        ),
        limits=part("poin", _limits) if data.get("poin") else None,
        evidence=part(
            "bukti",
            lambda found: Evidence(_flag(found["unggahan"]), _flag(found["wajib"]), _whole(found["megabita"])),
        ),
        indicators=part("indikator", _each(_indicator)),
        utama=part("utama", _each(_utama)),
        tambahan=part("tambahan", _each(_tambahan)) if "tambahan" in data else (),
        reports=part("laporan", _words),
        values=part("nilai", _each(_value)),
        scale=part("observasi", lambda found: _words(found["skala"])),
        predicates=part("predikat", lambda found: _each(_predicate)(found["tingkat"])),
        table=part("predikat", _table),
        coefficients=part("angka_kredit", _coefficients),
        positions=part("angka_kredit", _positions),
    )


def _part(data: Mapping[str, Any], name: str, build: Callable[[Any], Built]) -> Built:
    """What `build` makes of one part; whatever is wrong in it is said with the part's name."""
    if name not in data:
        raise PackError(f"{name}: tidak ada")
    try:
        return build(data[name])
    except KeyError as missing:
        raise PackError(f"{name}: {missing.args[0]} tidak ada") from missing
    except (TypeError, ValueError, AttributeError, InvalidOperation) as problem:
        raise PackError(f"{name}: {problem}") from problem


def _each(build: Callable[[Any], Built]) -> Callable[[Any], tuple[Built, ...]]:
    return lambda found: tuple(build(one) for one in found)


def _limits(found: Any) -> Limits:
    return Limits(_whole(found["paling_sedikit"]), _whole(found["paling_banyak"]))


def _indicator(one: Any) -> Indicator:
    return Indicator(_word(one["kode"]), _word(one["kelompok"]), _word(one["nama"]), _words(one["fokus"]))


def _utama(one: Any) -> Utama:
    return Utama(
        number=_whole(one["nomor"]),
        text=_word(one["teks"]),
        short=_word(one["singkat"]),
        points=one.get("poin"),
        per=_whole(one.get("per", 1)),
        unit=_word(one["satuan"]),
        evidence=_word(one["bukti"]),
    )


def _tambahan(one: Any) -> Tambahan:
    return Tambahan(_whole(one["nomor"]), _word(one["teks"]), _word(one["singkat"]), _words(one["jenjang"]))


def _value(one: Any) -> Value:
    return Value(_word(one["kode"]), _word(one["nama"]), _words(one["perilaku"]))


def _predicate(one: Any) -> Predicate:
    return Predicate(_word(one["kode"]), _word(one["nama"]), _whole(one["persen"]))


def _table(found: Any) -> Mapping[tuple[str, str], str]:
    rows = found["tabel"].items()
    return {(hasil, perilaku): _word(code) for hasil, row in rows for perilaku, code in row.items()}


def _coefficients(found: Any) -> Mapping[str, Decimal]:
    return {code: Decimal(str(one["koefisien"])) for code, one in found.items()}


def _positions(found: Any) -> Mapping[str, str]:
    """The names in the order of a career: jsonb keeps no order, so the coefficient gives it."""
    ordered = sorted(found.items(), key=lambda pair: Decimal(str(pair[1]["koefisien"])))
    return {code: _word(one["nama"]) for code, one in ordered}


def _day(found: Any) -> date:
    return found if isinstance(found, date) else date.fromisoformat(found)


def _word(found: Any) -> str:
    if not isinstance(found, str) or not found.strip():
        raise TypeError(f"{found!r} bukan teks")
    return found


def _words(found: Any) -> tuple[str, ...]:
    """A list of texts; a single text would otherwise be read letter by letter."""
    if not isinstance(found, list | tuple):
        raise TypeError(f"{found!r} bukan daftar teks")
    return tuple(_word(one) for one in found)


def _whole(found: Any) -> int:
    if type(found) is not int:
        raise TypeError(f"{found!r} bukan bilangan bulat")
    return found


def _flag(found: Any) -> bool:
    if not isinstance(found, bool):
        raise TypeError(f"{found!r} bukan true atau false")
    return found


def _check(pack: Pack) -> None:
    """What every pack must satisfy; each line is one sentence the admin reads."""
    problems = [
        (pack.unit in UNITS, f"periode.satuan: {pack.unit!r} bukan {UNITS}"),
        (pack.months == {"semester": 6, "tahun": 12}.get(pack.unit), "periode.bulan: 6 untuk semester, 12 untuk tahun"),
        (bool(pack.utama) and bool(pack.indicators) and bool(pack.values), "utama, indikator dan nilai tidak kosong"),
        (_once(one.number for one in pack.all_rhk), "nomor RHK berulang"),
        (_once(one.code for one in pack.indicators), "kode indikator berulang"),
        (_once(one.code for one in pack.values), "kode nilai berulang"),
        (all(one.focus for one in pack.indicators), "setiap indikator punya fokus perilaku"),
        (all(one.behaviours for one in pack.values), "setiap nilai punya pilihan perilaku"),
        (all(one.per >= 1 for one in pack.utama), "utama.per: paling sedikit 1"),
        (all((type(one.points) is int and one.points > 0) == pack.has_points for one in pack.utama),
         "utama.poin: semua RHK berpoin, atau tidak satu pun"),
        (all(set(one.jenjang) <= set(JENJANG) and one.jenjang for one in pack.tambahan), "tambahan.jenjang"),
        (pack.limits is None or 0 < pack.limits.least <= pack.limits.most, "poin: 0 < paling_sedikit <= paling_banyak"),
        (pack.evidence.uploads or not pack.evidence.required, "bukti.wajib: tidak mungkin tanpa unggahan"),
        (pack.evidence.megabytes > 0 or not pack.evidence.uploads, "bukti.megabita: paling sedikit 1"),
        (_once(one.code for one in pack.predicates), "predikat.tingkat: kode berulang"),
        (all(one.percent >= 0 for one in pack.predicates), "predikat.tingkat: persen tidak di bawah 0"),
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
