"""The reader of school lists: encodings, separators, spreadsheets, and what it says about wrong cells."""

import codecs
import datetime as dt
import io
import resource
import zipfile
from pathlib import Path

import pytest

from coordination.actors.data import regions
from coordination.actors.schools import table as tables
from coordination.actors.schools.problems import FileProblem
from coordination.actors.schools.regions import Regions
from coordination.actors.schools.rows import Reader
from coordination.actors.schools.table import open_table
from tests.actors.example_schools import write_examples
from tests.actors.school_files import HEADINGS, as_csv, as_xlsx, many, row, saved


@pytest.fixture(scope="module")
def known():
    return Regions((region.code, region.name) for region in regions())


@pytest.fixture
def read(tmp_path, known):
    def _read(content: bytes):
        return list(Reader(open_table(saved(tmp_path, content)), known))

    return _read


def problems(parsed):
    return [(problem.column, problem.fatal) for problem in parsed.problems]


# --- forms of file


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_usual_separator_is_found(read, separator):
    (one,) = read(as_csv([row(Alamat="Jl. A, Blok B; No 1")], separator=separator))
    assert one.school.path == "32.d.76.01/99100001"
    assert one.school.alamat == "Jl. A, Blok B; No 1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_usual_encoding_is_found(read, encoding):
    (one,) = read(as_csv([row(Nama_Sekolah="SD Contoh Ché Guévara – “Satu”")], encoding=encoding))
    assert one.school.name == "SD Contoh Ché Guévara – “Satu”"


@pytest.mark.parametrize(
    ("separator", "encoding", "said"),
    [
        (",", "utf-8-sig", "CSV, dipisah koma, UTF-8"),
        (";", "cp1252", "CSV, dipisah titik koma, Windows-1252"),
        ("\t", "utf-16", "CSV, dipisah tab, UTF-16"),
    ],
)
def test_the_form_of_a_file_is_said_in_words(tmp_path, separator, encoding, said):
    content = as_csv([row(Nama_Sekolah="SD Contoh Ché")], separator=separator, encoding=encoding)
    assert open_table(saved(tmp_path, content)).form == said


def test_utf_16_with_the_other_byte_order_mark_is_read(read):
    (one,) = read(codecs.BOM_UTF16_BE + as_csv([row()], encoding="utf-16-be"))
    assert one.school.npsn == "99100001"


def test_excels_separator_line_is_obeyed_and_counted(read):
    (one,) = read(b"sep=;\r\n" + as_csv([row()], separator=";"))
    assert one.number == 3


def test_titles_above_the_headings_and_empty_lines_keep_the_rows_numbers(read):
    first, second = read(b"Data sekolah 2026\r\n\r\n" + as_csv([row()]) + b"\r\n" + as_csv([row()]).split(b"\r\n")[1])
    assert (first.number, second.number) == (4, 6)


def test_a_workbook_gives_back_zeros_dates_and_whole_numbers(read):
    cells = row(NPSN="01234567", Kode_Pos="08111", Tanggal_SK_Pendirian=dt.date(1980, 8, 1), Guru_Total="12")
    (one,) = read(as_xlsx([cells], above=3))
    assert one.number == 5
    assert (one.school.npsn, one.school.kode_pos, one.school.guru) == ("01234567", "08111", 12)
    assert one.school.details["tanggal_pendirian"] == "1980-08-01"
    assert one.school.details["lintang"] == -6.3951


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "kosong"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "bukan CSV atau XLSX"),
        (b"%PDF-1.7", "bukan CSV atau XLSX"),
        (b"PK\x03\x04 not really", "rusak"),
        (b"Nama,Umur\nBudi,9\n", "Kolom wajib tidak ditemukan: NPSN"),
        (b"NPSN,NPSN,Nama_Sekolah\n", "Dua kolom berarti sama"),
    ],
)
def test_a_file_that_is_no_school_list_is_refused_with_the_reason(tmp_path, content, says):
    with pytest.raises(FileProblem, match=says):
        open_table(saved(tmp_path, content))


def test_a_damaged_workbook_never_breaks_the_reader(tmp_path, known):
    whole = as_xlsx(many(5))
    for cut in range(50, len(whole), 311):
        for content in (whole[:cut], whole[:cut] + b"\x00\xff" * 8 + whole[cut + 16 :]):
            try:
                list(Reader(open_table(saved(tmp_path, content)), known))
            except FileProblem:
                continue


def rebuilt(content: bytes, change) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MAX_UNPACKED", 3_000_000)
    bomb = rebuilt(as_xlsx(many(3)), lambda name, data: data + b" " * 4_000_000 if "sheet1" in name else data)
    assert len(bomb) < 100_000
    with pytest.raises(FileProblem, match="terlalu besar"):
        open_table(saved(tmp_path, bomb))


@pytest.mark.parametrize(
    ("cell", "says"), [(b'<c r="XFD2"><v>1</v></c>', "kolom"), (b'<c r="A1048576"><v>1</v></c>', "baris")]
)
def test_one_cell_at_the_far_corner_cannot_make_the_reader_reserve_the_whole_grid(tmp_path, cell, says):
    def change(name, data):
        return data.replace(b"</row>", cell + b"</row>", 1) if "sheet1" in name else data

    with pytest.raises(FileProblem, match=says):
        open_table(saved(tmp_path, rebuilt(as_xlsx(many(3)), change)))


def test_too_many_rows_are_refused_while_reading(tmp_path, known, monkeypatch):
    monkeypatch.setattr(tables, "MAX_ROWS", 20)
    with pytest.raises(FileProblem, match="lebih dari 20 baris"):
        list(Reader(open_table(saved(tmp_path, as_csv(many(40)))), known))


def resident() -> int:
    """Bytes of memory this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def test_a_hundred_thousand_rows_are_read_in_bounded_memory(tmp_path, known):
    path = saved(tmp_path, as_csv(many(100_000)))
    early = count = 0
    for count, parsed in enumerate(Reader(open_table(path), known), start=1):
        assert parsed.school
        if count == 5_000:
            early = resident()
    assert count == 100_000
    assert resident() - early < 8 * 1024 * 1024


# --- cells


def test_headings_are_known_in_several_spellings(read):
    head = "NPSN;Nama Satuan Pendidikan;Bentuk;Status Sekolah;Propinsi;Kab./Kota;Kec.;Jumlah Siswa;Catatan\n"
    (one,) = read((head + "99100001;SDN Contoh;SDN;n;Jawa Barat;Kota Depok;Beji;1.204;x\n").encode())
    assert (one.school.bentuk, one.school.status, one.school.peserta_didik) == ("SD", "negeri", 1204)


@pytest.mark.parametrize(
    ("provinsi", "kabkota", "kecamatan", "code"),
    [
        ("Prov. Jawa Barat", "Kota Depok", "Kec. Pancoran Mas", "32.76.01"),
        ("JAWA BARAT", "KOTA  DEPOK", "pancoranmas", "32.76.01"),
        ("Provinsi Jawa Barat", "Kab. Bekasi", "Kec. Tambun Selatan", "32.16.06"),
        ("Jawa Barat", "Kabupaten Bekasi", "Kecamatan Tambun Selatan", "32.16.06"),
        ("Prov. D.K.I. Jakarta", "Kota Adm. Jakarta Selatan", "Kec. Tebet", "31.74.01"),
        ("DKI Jakarta", "Kota Jakarta Selatan", "Tebet", "31.74.01"),
        ("Prov. D.I. Yogyakarta", "Kab. Gunung Kidul", "Wonosari", "34.03.01"),
        ("Daerah Istimewa Yogyakarta", "Kabupaten Gunungkidul", "Kec. Wonosari", "34.03.01"),
        ("Kalimantan Selatan", "Kab. Kota Baru", "-", "63.02"),
        ("Kalimantan Selatan", "Kotabaru", "", "63.02"),
        ("NTT", "Kota Kupang", "Alak", "53.71.01"),
        ("Prov. Papua", "Kab. Merauke", "Distrik Merauke", "93.01.01"),
        ("32", "32.76", "32.76.06", "32.76.06"),
    ],
)
def test_regions_are_found_however_they_are_spelled(known, provinsi, kabkota, kecamatan, code):
    place, _note = known.find(provinsi, kabkota, kecamatan)
    assert (place.kecamatan or place.kabkota) == code


@pytest.mark.parametrize(
    ("changes", "column", "content", "mend"),
    [
        ({"Kecamatan": "Kec. Pancoran Emas"}, "Kecamatan", "Kec. Pancoran Emas", "Mungkin maksudnya Pancoran Mas?"),
        ({"Kecamatan": "Tambun Selatan"}, "Kecamatan", "Tambun Selatan", "ada di Kab. Bekasi"),
        ({"Kota_Kabupaten": "Kota Depock"}, "Kota_Kabupaten", "Kota Depock", "Kota Depok"),
        ({"Kota_Kabupaten": "Bekasi"}, "Kota_Kabupaten", "Bekasi", "Kab. Bekasi atau Kota Bekasi"),
        ({"Kota_Kabupaten": "Kota Balikpapan"}, "Kota_Kabupaten", "Kota Balikpapan", "Kalimantan Timur"),
        ({"Provinsi": "Jawa Barrat"}, "Provinsi", "Jawa Barrat", "Jawa Barat"),
        ({"Provinsi": "-"}, "Provinsi", "-", "Isi nama wilayahnya"),
        ({"NPSN": "2,02E+07"}, "NPSN", "2,02E+07", "format kolom NPSN menjadi Teks"),
        ({"NPSN": "123"}, "NPSN", "123", "Periksa NPSN"),
        ({"NPSN": ""}, "NPSN", "", "Isi NPSN 8 angka"),
        ({"Nama_Sekolah": ""}, "Nama_Sekolah", "", "Isi nama sekolah"),
        ({"Status": "Campuran"}, "Status", "Campuran", "Negeri atau Swasta"),
        ({"Bentuk_Pendidikan": "MTs"}, "Bentuk_Pendidikan", "MTs", "Madrasah"),
        ({"Bentuk_Pendidikan": "Kursus"}, "Bentuk_Pendidikan", "Kursus", "Tulis salah satu dari"),
    ],
)
def test_a_wrong_cell_is_named_with_its_content_and_how_to_mend_it(read, changes, column, content, mend):
    (one,) = read(as_csv([row(**changes)]))
    assert one.school is None
    (problem,) = one.problems
    assert (problem.column, problem.content, problem.fatal) == (column, content, True)
    assert mend in problem.mend


def test_every_wrong_cell_of_a_row_is_told_at_once(read):
    (one,) = read(as_csv([row(NPSN="x", Status="", Bentuk_Pendidikan="MI", Kecamatan="Xyz")]))
    assert [problem.column for problem in one.problems] == ["NPSN", "Status", "Bentuk_Pendidikan", "Kecamatan"]


@pytest.mark.parametrize(
    ("written", "kind", "level"),
    [
        ("SD", "SD", "d"),
        ("Sekolah Dasar", "SD", "d"),
        ("smp satu atap", "SMP", "d"),
        ("SPK SMP", "SPK SMP", "d"),
        ("TK", "TK", "d"),
        ("Kelompok Bermain", "KB", "d"),
        ("PAUD", "PAUD", "d"),
        ("SPK-SMA", "SPK SMA", "m"),
        ("SMKN", "SMK", "m"),
        ("S.L.B.", "SLB", "m"),
        ("SDLB", "SDLB", "m"),
    ],
)
def test_kinds_are_read_in_their_spellings_and_give_the_level_that_answers(read, written, kind, level):
    (one,) = read(as_csv([row(Bentuk_Pendidikan=written)]))
    assert (one.school.bentuk, one.school.level) == (kind, level)


@pytest.mark.parametrize("kind", ["RA", "MI", "MTs", "MA", "M.A.K", "SMTK", "Pondok Pesantren"])
def test_schools_of_another_ministry_are_refused_with_that_reason(read, kind):
    (one,) = read(as_csv([row(Bentuk_Pendidikan=kind)]))
    assert "Kementerian Agama" in one.problems[0].why


def test_unknown_marks_stay_unknown(read):
    (one,) = read(
        as_csv([row(Akreditasi="Tidak diisi", Alamat="-", Kode_Pos="00000", Tanggal_SK_Pendirian="1910-01-01")])
    )
    assert (one.school.akreditasi, one.school.alamat, one.school.kode_pos) == ("", "", "")
    assert "tanggal_pendirian" not in one.school.details
    assert one.problems == []


def test_a_row_without_a_kecamatan_lies_in_the_kabkota_as_a_whole_and_says_so(read):
    (one,) = read(as_csv([row(Kecamatan="-")]))
    assert one.school.path == "32.d.76.00/99100001"
    assert problems(one) == [("Kecamatan", False)]


def test_an_unreadable_detail_is_left_out_with_a_note_and_the_row_goes_in(read):
    (one,) = read(as_csv([row(Kode_Pos="16A", Bujur="4426", Guru_Total="banyak", Tanggal_SK_Pendirian="31/02/2020")]))
    assert one.school
    assert set(problems(one)) == {
        ("Kode_Pos", False),
        ("Bujur", False),
        ("Guru_Total", False),
        ("Tanggal_SK_Pendirian", False),
    }


def test_coordinates_cut_to_whole_degrees_are_no_position(read):
    (one,) = read(as_csv([row(Lintang="-6", Bujur="106")]))
    assert not {"lintang", "bujur"} & one.school.details.keys()
    assert one.problems == []


def test_a_row_with_more_cells_than_headings_is_refused(read):
    shifted = as_csv([row()]).replace(b"Jl. Contoh Raya", b"Jl. Contoh, Raya")
    (one,) = read(shifted)
    assert one.school is None
    assert "lebih banyak kolom" in one.problems[0].why


def test_a_quote_that_is_not_closed_is_told_instead_of_swallowing_rows(read):
    broken = as_csv(many(9)).replace(b"Jl. Contoh Raya", b'"Jl. Contoh Raya', 1)
    first, *_rest = read(broken)
    assert first.school is None
    assert "tanda kutip" in first.problems[0].why


def test_invisible_and_control_characters_do_not_come_in(read):
    (one,) = read(as_csv([row(Nama_Sekolah="\ufeffSD\u200b Contoh\x00\x07  Satu")]))
    assert one.school.name == "SD Contoh Satu"


def test_the_headings_of_the_files_are_all_known():
    from coordination.actors.schools.columns import FIELDS, key

    assert all(key(heading) in FIELDS for heading in HEADINGS)


def test_the_example_schools_are_all_read_and_all_say_that_they_are_examples(tmp_path, known):
    path = tmp_path / "contoh.csv"
    written = write_examples(path)
    found = list(Reader(open_table(path), known))
    assert len(found) == written > 150
    assert all(one.school and "Contoh" in one.school.name and one.school.npsn.startswith("9950") for one in found)
    assert {one.school.kabkota for one in found} == {"32.76", "64.71", "91.71", "32.16", "93.01"}
