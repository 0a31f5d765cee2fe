"""What the people of the main job bring along: a school list, meetings, notes, photos."""

import csv
import io

from PIL import Image

SCHOOL, NPSN = "SD CONTOH MELATI 1", "99100001"
HEADINGS = (
    "Nama_Sekolah,Provinsi,Kota_Kabupaten,Kecamatan,NPSN,Status,Bentuk_Pendidikan,Status_Kepemilikan,"
    "Tanggal_SK_Pendirian,Tanggal_SK_Izin_Operasional,Kebutuhan_Khusus_Dilayani,Status_BOS,"
    "Waktu_Penyelenggaraan,Sertifikasi_ISO,Sumber_Listrik,Daya_Listrik,Kecepatan_Internet,Akreditasi,"
    "Kurikulum,Waktu,Alamat,RT_RW,Dusun,Desa_Kelurahan,Kode_Pos,Lintang,Bujur,Guru_L,Guru_P,Guru_Total,"
    "Tendik_L,Tendik_P,Tendik_Total,PTK_L,PTK_P,PTK_Total,Peserta_Didik_L,Peserta_Didik_P,"
    "Peserta_Didik_Total,Ruang_Kelas,Ruang_Perpus,Ruang_Lab,Ruang_Pratik,Rombel"
)
"""The columns as Dapodik publishes them."""

MEETINGS = [
    {
        "topic": "Asesmen awal membaca",
        "Apa yang berjalan baik?": "Guru saling mengunjungi kelas dan memberi umpan balik",
        "Apa yang perlu ditingkatkan?": "Waktu pertemuan terlalu singkat untuk praktik bersama",
        "Dampak untuk murid?": "Murid lebih berani membaca di depan kelas",
    },
    {
        "topic": "Pembelajaran berdiferensiasi",
        "Apa yang berjalan baik?": "Semua guru membawa hasil kerja murid",
        "Apa yang perlu ditingkatkan?": "Pembagian tugas notulis belum jelas",
        "Dampak untuk murid?": "Murid memilih sendiri cara menunjukkan hasil belajarnya",
    },
]
NOTES = {
    "Berjalan baik": "Jadwal pertemuan tetap setiap Kamis",
    "Perlu ditingkatkan": "Dokumentasi praktik baik belum rutin",
    "Dampak untuk murid": "Murid yang tertinggal lebih cepat dikenali",
    "Tantangan": "Guru mengajar di dua sekolah",
    "Risiko": "Penggerak pindah tugas",
    "Mitigasi": "Siapkan dua penggerak di tiap sekolah",
}


def school(npsn: str = NPSN, **changes: str) -> dict[str, str]:
    """A row of the list; what is not named is as empty as in the real ones."""
    named = {
        "Nama_Sekolah": SCHOOL,
        "Provinsi": "Prov. Jawa Barat",
        "Kota_Kabupaten": "Kota Depok",
        "Kecamatan": "Kec. Pancoran Mas",
        "Status": "Negeri",
        "Bentuk_Pendidikan": "SD",
        "Status_BOS": "-",
        "Akreditasi": "A",
        "Kurikulum": "Kurikulum Merdeka",
        "Guru_Total": "18",
        "Peserta_Didik_Total": "394",
    }
    return named | {"NPSN": npsn} | changes


SCHOOLS = [
    school(),
    school("99100002", Nama_Sekolah="SD CONTOH MAWAR 2", Kecamatan="Kec. Beji"),
    school("9910A003", Nama_Sekolah="SD CONTOH ANGKA KURANG"),
    school("99100004", Nama_Sekolah="SD CONTOH SALAH KECAMATAN", Kecamatan="Kec. Antah"),
    school(
        "99100005", Nama_Sekolah="SD CONTOH DI LUAR", Provinsi="Prov. Kalimantan Timur",
        Kota_Kabupaten="Kota Balikpapan", Kecamatan="Kec. Balikpapan Utara",
    ),
]  # fmt: skip


def as_file(rows: list[dict[str, str]]) -> list[dict]:
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADINGS.split(","), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return [{"name": "sekolah_depok.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode()}]


def photo() -> list[dict]:
    out = io.BytesIO()
    Image.effect_noise((640, 480), 60).convert("RGB").save(out, "JPEG")
    return [{"name": "kegiatan.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}]
