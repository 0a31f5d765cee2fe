"""The grammar of `path`, the column that says who answers for a row.

Territory      `<provinsi>.<level>.<kab/kota>.<kecamatan>/<npsn or record>`, for example
               `32.d.76.01/99000001`. Authority comes first, so each actor's area is one range. The level is
               `d` (dasar: PAUD/SD/SMP, the Dinas kab/kota answers) or `m` (menengah: SMA/SMK/SLB, the Dinas
               provinsi answers), `p` holds a Mitra's own records; `00` stands for "the whole of it".
Dinas          `32.d.76.00/dinas`, `32.m.00.00/dinas`: inside the territory, so the UPT above sees them.
Pusat and UPT  `p.gtk`, `u.bbgp_jabar`: outside every territory, so nobody but the office and Pusat sees them.
Mitra          `32.p.00.00/<code>` for one that works in a province: its UPT see it, no Dinas does; `m.<code>` for one
               that works nationally.

A segment holds only `[0-9a-z_]`. These sort after '/', so no segment that merely begins like another can
fall into its range (`32.d.7` and `32.d.76`, `u.bbgp` and `u.bbgp_jabar`).
"""

import re
from collections.abc import Iterable

DASAR = "d"
MENENGAH = "m"
LEVELS = (DASAR, MENENGAH)
PARTNERS = "p"
"""In the place of a level: what belongs to a province's partners and to no Dinas."""
WHOLE = "00"
NOWHERE = "~"

SEGMENT = r"[0-9a-z_]+"
GRAMMAR = rf"^{SEGMENT}(\.{SEGMENT})*(/{SEGMENT})?$"
_grammar = re.compile(GRAMMAR)

Range = tuple[str, str]
EMPTY: Range = (NOWHERE, NOWHERE)
TERRITORY: Range = ("0", ":")
"""Every path that begins with a digit: the whole country, but no office's own records."""


def check(path: str) -> str:
    """Return `path`, or raise ValueError when it does not follow the grammar."""
    if not _grammar.fullmatch(path):
        raise ValueError(f"not a path: {path!r}")
    return path


def area(prefix: str) -> Range:
    """The half-open range `[prefix, prefix0)` of an area: the row itself, all below it and all records in it.

    '.' and '/' sort before '0', so the range holds `32.d.76.01`, `32.d.76.01/99000001` and nothing of `32.d.761`.
    """
    return check(prefix), f"{prefix}0"


def merged(provinces: Iterable[str]) -> tuple[Range, ...]:
    """The areas of some provinces; neighbours in the order of codes become one range, which costs least."""
    found: list[Range] = []
    before = 0
    for code in sorted(code for code in set(provinces) if code.isdigit()):
        low, high = area(code)
        # No code stands between 64 and 65, so nothing does between the one's end and the other's beginning.
        if found and int(code) == before + 1:
            low = found.pop()[0]
        found.append((low, high))
        before = int(code)
    return tuple(found)


def school(kecamatan: str, level: str, npsn: str, *, kabkota: str = "") -> str:
    """Path of a school from Kemendagri codes; without a known kecamatan it lies in the kab/kota as a whole."""
    if level not in LEVELS:
        raise ValueError(f"not a level: {level!r}")
    provinsi, kab, kec = (kecamatan or f"{kabkota}.{WHOLE}").split(".")
    return check(f"{provinsi}.{level}.{kab}.{kec}/{npsn}")


def region(wilayah: str, level: str) -> str:
    """Prefix of a region at one level: `32.76` and `d` give `32.d.76`; a province gives `32.m`."""
    provinsi, *rest = wilayah.split(".")
    return check(".".join([provinsi, level, *rest]))


def record(wilayah: str, level: str, key: str) -> str:
    """Path of a record that belongs to a region as a whole, such as a kombel between schools."""
    provinsi, *rest = wilayah.split(".")
    kab, kec = (*rest, WHOLE, WHOLE)[:2]
    return check(f"{provinsi}.{level}.{kab}.{kec}/{key}")


def level(path: str) -> str:
    """The level of a territory path (`d` or `m`); empty for an office's."""
    found = path.split("/")[0].split(".")
    return found[1] if path[:1].isdigit() and len(found) > 1 else ""


def covers(ranges: list[Range] | tuple[Range, ...], path: str) -> bool:
    """Whether a path lies in one of the ranges; compares by code point, as collation "C" does."""
    encoded = path.encode()
    return any(low.encode() <= encoded < high.encode() for low, high in ranges)
