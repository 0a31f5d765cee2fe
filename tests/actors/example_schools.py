"""Made-up schools in Dapodik's form, for the tests of the reader: every name says "Contoh".

NPSN 9950xxxx are used for nothing real. The file is as untidy as real ones: region names in words, several
spellings of a kind, unknown values as "-", so that loading it exercises the import.
"""

import csv
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from coordination.actors.data import Region, regions
from coordination.actors.schools.columns import TITLES

FIRST_NPSN = 99_500_001
AREAS = ("32.76", "64.71", "91.71", "32.16.06", "93.01.01")
"""Depok, Balikpapan and Kota Jayapura whole; one kecamatan each of Kab. Bekasi and Merauke."""

KINDS = (("SD", 3), ("SMP", 2), ("SMA", 1), ("SMK", 1), ("TK", 1))
_STATUS = ("Negeri", "Swasta")
_AS_WRITTEN = {"SD": ("SD", "Sekolah Dasar"), "TK": ("TK", "Taman Kanak-Kanak")}


def example_rows() -> Iterator[dict[str, str]]:
    """The rows by heading, always the same ones: eight schools in each kecamatan of AREAS."""
    known = {region.code: region for region in regions()}
    npsn = count(FIRST_NPSN)
    for region in regions():
        if region.level != "kecamatan" or not region.code.startswith(AREAS):
            continue
        for kind, number in KINDS:
            for ordinal in range(1, number + 1):
                yield _row(known, region, kind, ordinal, next(npsn))


def _row(known: dict[str, Region], kecamatan: Region, kind: str, ordinal: int, npsn: int) -> dict[str, str]:
    written = _AS_WRITTEN.get(kind, (kind,))
    classes = 6 + npsn % 7
    values = {
        "name": f"{kind} Contoh {kecamatan.name} {ordinal}",
        "provinsi": f"Prov. {known[kecamatan.code[:2]].name}",
        "kabkota": known[kecamatan.parent].name,
        "kecamatan": f"Kec. {kecamatan.name}",
        "npsn": str(npsn),
        "status": _STATUS[ordinal % 2],
        "bentuk": written[npsn % len(written)],
        "akreditasi": ("A", "B", "Tidak diisi")[npsn % 3],
        "kurikulum": "Kurikulum Merdeka",
        "alamat": f"Jl. Contoh No. {ordinal}",
        "kode_pos": "-",
        "tanggal_pendirian": "1910-01-01",
        "guru": str(classes + 4),
        "tendik": "3",
        "peserta_didik": str(classes * 26),
        "rombel": str(classes),
    }
    return {title: values.get(field, "") for field, title in TITLES.items()}


def write_examples(path: Path) -> int:
    """Write the rows as a CSV file and return how many."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(TITLES.values()))
        writer.writeheader()
        rows = list(example_rows())
        writer.writerows(rows)
    return len(rows)
