"""The command that brings in schools for the whole country."""

import csv

import pytest
from django.core.management import CommandError, call_command

from coordination.actors.models import School, SchoolImport
from tests.actors.school_files import as_csv, row, saved

pytestmark = pytest.mark.django_db


def run(path, capsys, **options) -> str:
    call_command("import_schools", str(path), **options)
    return capsys.readouterr().out.strip().splitlines()[-1]


def test_it_ends_with_the_counts(tmp_path, capsys):
    rows = [
        row(),
        row(),
        row(NPSN="99100002", Kecamatan="Kec. Beji"),
        row(NPSN="99000002", Nama_Sekolah="SD Contoh Beji 1", Kecamatan="Beji", Akreditasi="B"),
        row(NPSN="99100003", Bentuk_Pendidikan="MI"),
    ]
    path = saved(tmp_path, as_csv(rows))
    assert run(path, capsys) == "5 baris: 2 baru, 1 diperbarui, 0 sama, 1 ditolak, 1 berulang."
    assert run(path, capsys) == "5 baris: 0 baru, 0 diperbarui, 3 sama, 1 ditolak, 1 berulang."
    assert School.objects.get(npsn="99000002").akreditasi == "B"
    assert School.objects.get(npsn="99100001").path == "32.d.76.01/99100001"


def test_a_dry_run_counts_and_leaves_nothing_behind(tmp_path, capsys):
    path = saved(tmp_path, as_csv([row()]))
    assert run(path, capsys, dry_run=True) == "1 baris: 1 baru, 0 diperbarui, 0 sama, 0 ditolak, 0 berulang."
    assert not School.objects.filter(npsn="99100001").exists()
    assert not SchoolImport.objects.exists()


def test_refused_rows_are_written_with_their_reason_and_safe_for_a_spreadsheet(tmp_path, capsys):
    rows = [row(), row(NPSN="99100002", Bentuk_Pendidikan="MI", Alamat="=1+1", Lintang="-6.4")]
    out = tmp_path / "salah.csv"
    run(saved(tmp_path, as_csv(rows)), capsys, errors=out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        (wrong,) = csv.DictReader(file)
    assert wrong["Baris"] == "3"
    assert "Kementerian Agama" in wrong["Yang perlu diperbaiki"]
    assert (wrong["Alamat"], wrong["Lintang"]) == ("'=1+1", "'-6.4")


def test_the_refused_rows_can_be_mended_and_read_again(tmp_path, capsys):
    rows = [row(NPSN="99100002", Bentuk_Pendidikan="MI", Lintang="-6.4")]
    out = tmp_path / "salah.csv"
    run(saved(tmp_path, as_csv(rows)), capsys, errors=out)
    mended = saved(tmp_path, out.read_bytes().replace(b",MI,", b",SD,"), "mended.csv")
    assert run(mended, capsys).startswith("1 baris: 1 baru")
    assert School.objects.get(npsn="99100002").details["lintang"] == -6.4


def test_a_row_that_stands_twice_with_other_content_is_refused_in_both_places(tmp_path, capsys):
    rows = [row(), row(NPSN="99100002"), row(Nama_Sekolah="SD LAIN")]
    out = tmp_path / "salah.csv"
    counts = run(saved(tmp_path, as_csv(rows)), capsys, errors=out)
    assert counts == "3 baris: 1 baru, 0 diperbarui, 0 sama, 2 ditolak, 0 berulang."
    assert out.read_text(encoding="utf-8-sig").count("NPSN ini ada di baris 2, 4 dengan isi yang berbeda") == 2


def test_a_file_that_cannot_be_read_ends_with_its_reason(tmp_path):
    with pytest.raises(CommandError, match="Kolom wajib tidak ditemukan"):
        call_command("import_schools", str(saved(tmp_path, b"a,b\n1,2\n")))
    with pytest.raises(CommandError, match="tidak ditemukan"):
        call_command("import_schools", str(tmp_path / "tiada.csv"))
