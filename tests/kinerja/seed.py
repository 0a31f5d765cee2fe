"""What seed 003 (II.F) says of the 39 RHK, copied by hand: the tests hold the shipped pack against it."""

from typing import NamedTuple

ALL = frozenset({"paud", "sd", "smp", "sma", "smk", "slb", "lain"})
FROM_SMP = frozenset({"smp", "sma", "smk"})
ONLY_SMK = frozenset({"smk"})


class Utama(NamedTuple):
    """Points of one package, units in a package, a word of the role, the evidence."""

    points: int
    per: int
    role: str
    evidence: str


class Tambahan(NamedTuple):
    """The jenjang an additional task is offered to, and a word of it."""

    jenjang: frozenset[str]
    task: str


UTAMA = {
    1: Utama(8, 1, "pelatihan mandiri", "sertifikat topik"),
    2: Utama(8, 1, "observasi praktik pembelajaran", "laporan"),
    3: Utama(36, 3, "Penggerak komunitas belajar", "sertifikat"),
    4: Utama(8, 1, "Narasumber berbagi praktik baik", "sertifikat"),
    5: Utama(4, 1, "Peserta berbagi praktik baik", "sertifikat"),
    6: Utama(128, 1, "Pendidikan Guru Penggerak", "sertifikat"),
    7: Utama(8, 1, "bimbingan teknis", "sertifikat"),
    8: Utama(24, 1, "magang", "sertifikat"),
    9: Utama(4, 1, "seminar", "sertifikat"),
    10: Utama(12, 1, "penghargaan", "piagam"),
    11: Utama(6, 10, "Penelaah aksi nyata", "laporan"),
    12: Utama(6, 10, "Penelaah cerita praktik", "laporan"),
    13: Utama(6, 10, "Penelaah perangkat ajar", "laporan"),
    14: Utama(12, 1, "Penyusun cerita praktik", "cerita praktik yang terbit di PMM"),
    15: Utama(24, 1, "Penyusun perangkat ajar", "perangkat ajar yang terbit di PMM"),
    16: Utama(6, 1, "Penyusun kumpulan konten unggulan", "kumpulan konten unggulan yang terbit di PMM"),
    17: Utama(12, 1, "Coach, mentor, fasilitator", "sertifikat"),
    18: Utama(4, 1, "Peserta coaching atau mentoring", "sertifikat"),
}

TAMBAHAN = {
    19: Tambahan(ALL, "bendahara sekolah"),
    20: Tambahan(FROM_SMP, "wakil kepala satuan pendidikan"),
    21: Tambahan(ONLY_SMK, "kepala program keahlian"),
    22: Tambahan(ALL, "Kepala perpustakaan"),
    23: Tambahan(FROM_SMP, "Kepala Laboratorium, Bengkel"),
    24: Tambahan(ALL, "pembimbing khusus"),
    25: Tambahan(FROM_SMP, "wali kelas"),
    26: Tambahan(FROM_SMP, "Pembina OSIS"),
    27: Tambahan(ALL, "pembina Ekstrakurikuler"),
    28: Tambahan(ALL, "koordinator PKB"),
    29: Tambahan(ALL, "koordinator PKG"),
    30: Tambahan(ONLY_SMK, "Bursa Kerja Khusus"),
    31: Tambahan(ALL, "Guru Piket"),
    32: Tambahan(ONLY_SMK, "LSP-P1"),
    33: Tambahan(ALL, "penilai kinerja Guru"),
    34: Tambahan(ALL, "Tingkat Nasional"),
    35: Tambahan(ALL, "Tingkat Provinsi"),
    36: Tambahan(ALL, "Tingkat Kabupaten"),
    37: Tambahan(ALL, "Tutor"),
    38: Tambahan(ALL, "TPPK"),
    39: Tambahan(ALL, "Dapodik"),
}
