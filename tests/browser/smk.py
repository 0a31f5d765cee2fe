"""An SMK enters the portal: the Dinas provinsi brings in a list in which most schools belong to another Dinas."""

import csv
import io
from dataclasses import dataclass

from django.core.management import call_command
from playwright.sync_api import expect

from tests import real_lists

from .hands import Person
from .material import as_file, school


@dataclass(frozen=True)
class SchoolList:
    """A list of Depok, how many of its rows the Dinas provinsi answers for, and the SMK that is followed."""

    file: list
    rows: int
    own: int
    others: str
    """Kinds of school that the city answers for, and how many rows each has."""
    name: str
    npsn: str
    kecamatan: str


def list_of_depok() -> SchoolList:
    """The whole real list with its first SMK; where it is absent, three example schools."""
    if real_lists.there(real_lists.DEPOK):
        # The cast knows two kecamatan of Depok, the list has schools in all of them.
        call_command("load_wilayah", verbosity=0)
        found = real_lists.first_of("SMK")
        counted = real_lists.DEPOK_ROWS, real_lists.DEPOK_UPPER, real_lists.DEPOK_LOWER
        return SchoolList([real_lists.DEPOK], *counted, **found)
    name, npsn = "SMK CONTOH CENDANA", "99100077"
    rows = [
        school(npsn, Nama_Sekolah=name, Bentuk_Pendidikan="SMK"),
        school("99100078"),
        school("99100079", Nama_Sekolah="SMP CONTOH DAHLIA", Bentuk_Pendidikan="SMP"),
    ]
    return SchoolList(as_file(rows), len(rows), 1, "SD 1, SMP 1", name, npsn, "Pancoran Mas")


def import_smk(dinas: Person, schools: SchoolList) -> None:
    """Check the list, see whose the other rows are, bring in the own ones and find the SMK among the schools."""
    others = schools.rows - schools.own
    dinas.go("Sekolah")
    dinas.follow("Impor sekolah")
    dinas.fill({"Daftar sekolah": schools.file})
    dinas.press("Unggah dan periksa")
    dinas.reads(
        f"{schools.rows} baris: {schools.own} baru, 0 diperbarui, 0 sama, 0 salah. {others} bukan wilayah Anda.",
    )
    whose = dinas.main.get_by_role("table", name="Kantor yang menangani")
    expect(whose.get_by_role("row", name="Dinas Pendidikan Kota Depok")).to_contain_text(schools.others)
    dinas.unfold("Lihat barisnya")
    dinas.reads("Bukan wilayah Anda. SD ini ditangani Dinas Pendidikan Kota Depok.")
    left = dinas.download("Unduh baris yang tidak diimpor").decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(left)))) == others
    dinas.press(f"Impor {schools.own} baris yang benar")
    dinas.reads(f"{schools.own} baris ditulis.")
    dinas.follow("Lihat sekolah")
    dinas.fill({"Kab/kota": "Kota Depok", "Nama atau NPSN": schools.npsn})
    dinas.press("Tampilkan")
    dinas.reads("1 sekolah")
    dinas.follow(schools.name)
    dinas.reads(schools.npsn, "SMK", schools.kecamatan, "Dinas Pendidikan Jawa Barat")
