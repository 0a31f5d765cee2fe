"""The demo's example schools at real regions; their names say "Contoh", their NPSN begin with 99."""

from coordination.actors.models import School
from coordination.actors.tenancy import paths

SCHOOLS = {
    "sd_depok": ("99320001", "SD Contoh Pancoran Mas 1", "SD", "32.76.01"),
    "sd_beji": ("99320002", "SD Contoh Beji 1", "SD", "32.76.06"),
    "smp_depok": ("99320003", "SMP Contoh Sukmajaya 1", "SMP", "32.76.05"),
    "smk_depok": ("99320004", "SMK Contoh Depok 1", "SMK", "32.76.10"),
    "sd_balikpapan": ("99640001", "SD Contoh Balikpapan Utara 1", "SD", "64.71.03"),
    "smp_balikpapan": ("99640002", "SMP Contoh Balikpapan Kota 1", "SMP", "64.71.06"),
    "sd_jayapura": ("99910001", "SD Contoh Abepura 1", "SD", "91.71.03"),
}


def npsn_of() -> dict[str, str]:
    return {use: row[0] for use, row in SCHOOLS.items()}


def make_schools() -> int:
    """Make the example schools that are missing; returns how many."""
    made = 0
    for npsn, name, bentuk, kecamatan in SCHOOLS.values():
        level = paths.MENENGAH if bentuk in {"SMA", "SMK", "SLB"} else paths.DASAR
        _school, created = School.objects.get_or_create(
            npsn=npsn,
            defaults={
                "name": name,
                "bentuk": bentuk,
                "level": level,
                "status": School.Status.NEGERI,
                "kecamatan_id": kecamatan,
                "kabkota_id": kecamatan[:5],
                "provinsi_id": kecamatan[:2],
                "path": paths.school(kecamatan, level, npsn),
            },
        )
        made += created
    return made
