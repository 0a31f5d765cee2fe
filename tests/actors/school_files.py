"""Makes small school lists in the forms that are met, for the tests of the import."""

import csv
import io
from datetime import date
from pathlib import Path

import xlsxwriter

HEADINGS = [
    "Nama_Sekolah",
    "Provinsi",
    "Kota_Kabupaten",
    "Kecamatan",
    "NPSN",
    "Status",
    "Bentuk_Pendidikan",
    "Tanggal_SK_Pendirian",
    "Akreditasi",
    "Alamat",
    "Kode_Pos",
    "Lintang",
    "Bujur",
    "Guru_Total",
    "Peserta_Didik_Total",
]
GOOD = {
    "Nama_Sekolah": "SD CONTOH MELATI 1",
    "Provinsi": "Prov. Jawa Barat",
    "Kota_Kabupaten": "Kota Depok",
    "Kecamatan": "Kec. Pancoran Mas",
    "NPSN": "99100001",
    "Status": "Negeri",
    "Bentuk_Pendidikan": "SD",
    "Tanggal_SK_Pendirian": "1980-08-01",
    "Akreditasi": "A",
    "Alamat": "Jl. Contoh Raya No. 1",
    "Kode_Pos": "16432",
    "Lintang": "-6.3951",
    "Bujur": "106.8",
    "Guru_Total": "12",
    "Peserta_Didik_Total": "240",
}


def row(**changes: str) -> dict[str, str]:
    """A good row of Depok with some cells changed."""
    return {**GOOD, **changes}


def many(count: int, **changes: str) -> list[dict[str, str]]:
    """Good rows that differ by NPSN and name."""
    return [row(NPSN=str(99200000 + number), Nama_Sekolah=f"SD CONTOH {number}", **changes) for number in range(count)]


def as_csv(rows: list[dict], *, encoding: str = "utf-8", separator: str = ",", headings=HEADINGS) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, headings, delimiter=separator, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows: list[dict], *, above: int = 0, headings=HEADINGS) -> bytes:
    """A workbook in which numbers are numbers and dates are dates, as Excel makes them."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Sekolah")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(above, 0, headings)
    for number, cells in enumerate(rows, start=above + 1):
        for column, heading in enumerate(headings):
            value = cells.get(heading, "")
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            elif str(value).lstrip("-").replace(".", "", 1).isdigit():
                sheet.write_number(number, column, float(value))
            else:
                sheet.write_string(number, column, value)
    book.close()
    return out.getvalue()


def saved(folder: Path, content: bytes, name: str = "sekolah.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
