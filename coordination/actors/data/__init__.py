"""Reads the files shipped beside this module: the regions of Indonesia and the ministry's offices."""

import csv
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
COUNTS = {"provinsi": 38, "kabkota": 514, "kecamatan": 7277}
"""How many regions the shipped file must hold; a shortened file must not pass for the whole country."""

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


class Region(NamedTuple):
    """A region by its Kemendagri code: `32`, `32.76` or `32.76.01`; `zone` is an IANA name."""

    code: str
    name: str
    zone: str

    @property
    def level(self) -> str:
        return ("provinsi", "kabkota", "kecamatan")[self.code.count(".")]

    @property
    def parent(self) -> str:
        """Code of the region around it, empty for a province."""
        return self.code.rpartition(".")[0]


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from (line for line in file if not line.startswith("#"))


@cache
def regions() -> tuple[Region, ...]:
    """All regions, each after the one around it; kab/kota and kecamatan carry the zone of their province.

    Raises ValueError when the file does not hold the whole country.
    """
    found: list[Region] = []
    zone = ""
    for row in csv.DictReader(_lines(HERE / "wilayah.csv")):
        zone = ZONES[row["zona"]] if row["zona"] else zone
        found.append(Region(row["kode"], row["nama"], zone))
    counts = {level: sum(region.level == level for region in found) for level in COUNTS}
    if counts != COUNTS:
        raise ValueError(f"wilayah.csv holds {counts}, expected {COUNTS}")
    return tuple(found)


@cache
def offices() -> dict[str, Any]:
    """The list of offices as the file has it: `pusat` and `upt`, each a list of objects."""
    return json.loads((HERE / "kantor.json").read_text(encoding="utf-8"))
