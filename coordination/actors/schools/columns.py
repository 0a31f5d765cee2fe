"""The headings of a school list, in the spellings that are met."""

import re

from django.utils.translation import gettext as _

from .problems import FileProblem

TITLES = {
    "name": "Nama_Sekolah",
    "provinsi": "Provinsi",
    "kabkota": "Kota_Kabupaten",
    "kecamatan": "Kecamatan",
    "npsn": "NPSN",
    "status": "Status",
    "bentuk": "Bentuk_Pendidikan",
    "kepemilikan": "Status_Kepemilikan",
    "tanggal_pendirian": "Tanggal_SK_Pendirian",
    "tanggal_izin": "Tanggal_SK_Izin_Operasional",
    "akreditasi": "Akreditasi",
    "kurikulum": "Kurikulum",
    "alamat": "Alamat",
    "desa": "Desa_Kelurahan",
    "kode_pos": "Kode_Pos",
    "lintang": "Lintang",
    "bujur": "Bujur",
    "guru": "Guru_Total",
    "tendik": "Tendik_Total",
    "peserta_didik": "Peserta_Didik_Total",
    "rombel": "Rombel",
    "ruang_kelas": "Ruang_Kelas",
}
"""Each field the portal keeps and its heading in Dapodik's form; the template has them in this order."""

REQUIRED = ("npsn", "name", "bentuk", "status", "provinsi", "kabkota", "kecamatan")

_ALSO = {
    "name": "nama sekolah|nama satuan pendidikan|nama|sekolah|satuan pendidikan|nama sp",
    "provinsi": "propinsi|prov|nama provinsi",
    "kabkota": "kota kabupaten|kabupaten kota|kab kota|kabupaten|kota|kab|nama kabupaten|kabkota",
    "kecamatan": "kec|distrik|nama kecamatan",
    "npsn": "nomor pokok sekolah nasional|no npsn|kode sekolah",
    "status": "status sekolah|negeri swasta|status satuan pendidikan",
    "bentuk": "bentuk|bp|jenjang|jenis sekolah|bentuk satuan pendidikan",
    "kepemilikan": "kepemilikan|status kepemilikan",
    "tanggal_pendirian": "tanggal sk pendirian|tgl sk pendirian|tanggal pendirian",
    "tanggal_izin": "tgl sk izin operasional|tanggal izin operasional|tanggal sk operasional",
    "akreditasi": "peringkat akreditasi|nilai akreditasi",
    "kurikulum": "kurikulum digunakan",
    "alamat": "alamat jalan|alamat sekolah|jalan",
    "desa": "desa|kelurahan|kelurahan desa|desa kelurahan",
    "kode_pos": "kodepos|pos",
    "lintang": "latitude|lat",
    "bujur": "longitude|long|lon|lng",
    "guru": "guru|jumlah guru|jml guru",
    "tendik": "tendik|tenaga kependidikan|jumlah tendik|pegawai",
    "peserta_didik": "peserta didik|siswa|jumlah siswa|pd|jumlah peserta didik|jml siswa",
    "rombel": "rombongan belajar|jumlah rombel|jml rombel",
    "ruang_kelas": "jumlah ruang kelas|r kelas",
}


def key(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


FIELDS = {key(title): field for field, title in TITLES.items()}
for _field, _spellings in _ALSO.items():
    for _spelling in _spellings.split("|"):
        FIELDS[key(_spelling)] = _field


def recognise(headings: list[str]) -> dict[str, int]:
    """Index of each field that a row of headings names; raises FileProblem if one is named twice."""
    found: dict[str, int] = {}
    for index, heading in enumerate(headings):
        field = FIELDS.get(key(heading))
        if field is None:
            continue
        if field in found:
            raise FileProblem(
                _("Dua kolom berarti sama: “%(first)s” dan “%(second)s”. Hapus salah satunya, lalu unggah lagi.")
                % {"first": headings[found[field]], "second": heading}
            )
        found[field] = index
    return found


def require(fields: dict[str, int]) -> None:
    """Raises FileProblem naming the headings that are missing."""
    missing = [TITLES[field] for field in REQUIRED if field not in fields]
    if missing:
        raise FileProblem(
            _("Kolom wajib tidak ditemukan: %(columns)s. Pakai judul kolom seperti di templat.")
            % {"columns": ", ".join(missing)}
        )
