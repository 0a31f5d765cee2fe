"""The real school lists as Dapodik publishes them: not part of the project, they lie beside it, or nowhere.

No name and no NPSN of theirs stands in a test; a test asks here for a school of the kind it needs.
"""

import csv
import os
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(os.environ.get("IKM_SCHOOL_DATA") or settings.BASE_DIR.parent / "shared" / "data")
DEPOK = FOLDER / "sekolah_depok.csv"
BALIKPAPAN = FOLDER / "sekolah_balikpapan.csv"

DEPOK_ROWS, BALIKPAPAN_ROWS = 924, 341
DEPOK_UPPER = 124 + 80 + 1
"""SMK, SMA and SPK SMA, for which the province answers; all others are SD and SMP."""
DEPOK_LOWER = "SD 434, SMP 272, SPK SD 2, SPK SMP 2"
"""For which Kota Depok answers; nine more SD lie in Kab. Bekasi."""


def there(*lists: Path) -> bool:
    return all(one.exists() for one in lists)


def needs(*lists: Path) -> pytest.MarkDecorator:
    """For a test that says nothing without these lists."""
    names = " and ".join(one.name for one in lists)
    why = f"{names}: not part of the project; set IKM_SCHOOL_DATA to the folder that holds it"
    return pytest.mark.skipif(not there(*lists), reason=why)


def first_of(bentuk: str) -> dict[str, str]:
    """The first school of that kind in the list of Depok that lies in Depok: its name, NPSN and kecamatan."""
    with DEPOK.open(encoding="utf-8-sig", newline="") as file:
        row = next(
            row
            for row in csv.DictReader(file)
            if (row["Bentuk_Pendidikan"], row["Kota_Kabupaten"]) == (bentuk, "Kota Depok")
        )
    return {
        "name": " ".join(row["Nama_Sekolah"].split()),
        "npsn": row["NPSN"],
        "kecamatan": row["Kecamatan"].removeprefix("Kec. "),
    }
