"""The demo logins: who they are, for the table that `up` prints and for the command that makes them."""

import os

# Login name and what it shows, in the order of the table.
LOGINS = (
    ("admin", "Pusat, admin portal"),
    ("pusat", "Pusat, pembaca laporan dan rekap"),
    ("upt_jabar", "UPT Jawa Barat, koordinator"),
    ("upt_papua", "UPT Papua, koordinator"),
    ("dinas_depok", "Dinas Pendidikan Kota Depok"),
    ("dinas_jabar", "Dinas Pendidikan Provinsi Jawa Barat"),
    ("dinas_balikpapan", "Dinas Pendidikan Kota Balikpapan"),
    ("mitra", "Mitra pembangunan"),
    ("kepsek_depok", "Kepala sekolah di Depok"),
    ("guru_depok", "Guru di Depok"),
    ("kepsek_smk_depok", "Kepala SMK di Depok"),
    ("guru_smk_depok", "Guru SMK di Depok"),
    ("penggerak_depok", "Penggerak kombel di Depok"),
    ("pengawas_depok", "Pengawas di Depok"),
)


def password() -> str:
    """One password for all demo logins; they exist in demo mode only."""
    return os.environ.get("IKM_DEMO_PASSWORD") or "merdeka-belajar"


def table() -> str:
    width = max(len(name) for name, _ in LOGINS)
    return "\n".join(f"  {name:<{width}}  {about}" for name, about in LOGINS)
