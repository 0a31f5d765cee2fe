"""Pages of progress in aggregate, with plans in several states and the counts folded."""

from coordination.actors.actor import system
from coordination.actors.models import School, User
from kinerja.models import Plan
from kinerja.services import tallies
from tests.kinerja.test_counts import plan_of

ADDRESS = "/kinerja/capaian/"


def _counted(query: str = "") -> str:
    """Six rated teachers, one waiting and the principal's draft; making them again finds them."""
    if not Plan.objects.filter(owner__username="hitung_0").exists():
        School.objects.filter(npsn="99000001").update(guru=24)
        for number in range(7):
            User.objects.create(username=f"hitung_{number}", email=f"hitung_{number}@contoh.id", name=f"Guru {number}")
            plan_of(f"hitung_{number}", "99000001", "final" if number else "diajukan")
        plan_of("kepsek_smk", "99000003", "disetujui", of_principal=True)
    with system():
        tallies.fold()
    return f"{ADDRESS}{query}"


def progress() -> str:
    return _counted("?periode=2026-1")


def silent() -> str:
    return _counted("?periode=2026-1&kosong=1")


def schools() -> str:
    return _counted("?periode=2026-1&wilayah=32.76.01")


def school() -> str:
    return _counted("?periode=2026-1&sekolah=99000001")


def explanation() -> str:
    return _counted("jelaskan/?periode=2026-1&angka=disetujui")


def explanation_of_few() -> str:
    return _counted("jelaskan/?periode=2026-1&sekolah=99000003&angka=predikat-baik")


LOOKS = [
    ("pusat", progress),
    ("pusat", silent),
    ("upt_jabar", progress),
    ("upt_jabar", schools),
    ("dinas_depok", progress),
    ("dinas_jabar", explanation_of_few),
    ("pengawas", progress),
    ("kepsek", progress),
    ("upt_jabar", school),
    ("upt_jabar", explanation),
]
