"""Pages of reports with what stands on them, for the eye and for axe."""

from datetime import date

from playwright.sync_api import Page

from coordination.actors.actor import actor_for, system
from coordination.actors.models import User
from coordination.actors.tenancy.scope import current
from reflection.models import Kind, Obligation, Report
from reflection.models.reports import RANKS
from reflection.services.cycles import generate_cycles
from reflection.services.decisions import return_report
from reflection.services.grants import add_collaborator
from reflection.services.reports import save_component, start_report
from reflection.services.submission import submit_report

from .site import press

TEXT = "Guru Komunitas Contoh saling mengamati kelas dan membahas hasil asesmen awal setiap pekan"


def _actor(name: str):
    return actor_for(User.objects.get(username=name))


def _report(code: str, *, places: int = 5) -> Report:
    """A report of one cycle by the coordinator of Jawa Barat; making it again finds it."""
    assert current() is None
    with system():
        generate_cycles(until=date(2026, 12, 31), since=date(2026, 3, 1), today=date(2026, 3, 1))
    owed = Obligation.objects.get(organisation__code="bbgp_jabar", cycle__code=code)
    with _actor("upt_jabar").entered() as actor:
        report = start_report(actor=actor, obligation=owed)
        if report.version == 0:
            add_collaborator(actor=actor, report=report, email="rekan.baru@contoh.id")
            _write(actor, report, places)
    return report


def _write(actor, report: Report, places: int) -> None:
    for kind in Kind:
        save_component(
            actor=actor,
            report=report,
            kind=kind,
            version=report.components.get(kind=kind).version,
            texts={rank: f"{TEXT}, hal {rank}" for rank in RANKS if rank <= places},
            reason_fewer="" if places == 5 or kind == Kind.RTL else "Hanya tiga hal yang muncul",
        )


def _sent(code: str = "2026-3") -> Report:
    report = _report(code)
    if report.version == 0:
        with _actor("upt_jabar").entered() as actor:
            submit_report(actor=actor, report=report)
    return Report.objects.get(pk=report.pk)


def _returned() -> Report:
    report = _sent("2026-4")
    if report.version == 1 and report.state == Report.State.DIKIRIM:
        with _actor("admin").entered() as actor:
            return_report(actor=actor, report=report, version=1, comments={"rtl": "Sebutkan tanggal dan pelaksananya"})
        with _actor("upt_jabar").entered() as actor:
            texts = {rank: f"{TEXT}, pada 15 Desember, hal {rank}" for rank in RANKS}
            version = report.components.get(kind=Kind.RTL).version
            save_component(actor=actor, report=report, kind=Kind.RTL, version=version, texts=texts)
            submit_report(actor=actor, report=report)
            return_at = 2
        with _actor("admin").entered() as actor:
            return_report(actor=actor, report=report, version=return_at, comments={"dampak": "Tambahkan contoh"})
    return report


def report_list() -> str:
    _sent()
    _report("2026-5", places=3)
    return "/laporan/"


def hub() -> str:
    return f"/laporan/{_report('2026-5', places=3).pk}/"


def hub_returned() -> str:
    return f"/laporan/{_returned().pk}/"


def component() -> str:
    return f"{hub()}komponen/mitigasi/"


def component_locked() -> str:
    return f"{hub_returned()}komponen/baik/"


def team() -> str:
    return f"{hub()}tim/"


def trace() -> str:
    report = _report("2026-5", places=3)
    place = report.components.get(kind=Kind.BAIK).priorities.get(rank=1)
    place.sources.get_or_create(
        report=report,
        path=report.path,
        origin="catatan",
        ref_id=0,
        defaults={"excerpt": TEXT, "kombel_name": "Kombel Contoh Melati", "held_on": date(2026, 9, 12)},
    )
    return f"/laporan/{report.pk}/prioritas/{place.pk}/"


def check() -> str:
    return f"{hub()}periksa/"


def receipt() -> str:
    return f"/laporan/{_sent().pk}/terkirim/"


def version() -> str:
    return f"/laporan/{_sent().pk}/versi/1/"


def compare() -> str:
    return f"/laporan/{_returned().pk}/banding/?dari=1&ke=2"


def decide() -> str:
    return f"/laporan/{_sent().pk}/putusan/"


def recap() -> str:
    _sent()
    return "/rekap/?siklus=2026-3"


def recap_rows() -> str:
    return f"{recap().replace('/rekap/', '/rekap/upt/')}"


def recap_priorities() -> str:
    return f"{recap().replace('/rekap/', '/rekap/prioritas/')}&q=guru"


def cycles() -> str:
    _sent()
    return "/siklus/"


def cycle() -> str:
    return f"{cycles()}2026-3/"


def circular() -> str:
    return f"{cycles()}2026-3/edaran/"


def written_by_somebody_else(page: Page) -> None:
    """A colleague saves the component while the reader still writes: the page with both versions comes (409)."""
    report = _report("2026-5", places=3)
    with _actor("upt_jabar").entered() as actor:
        version = report.components.get(kind=Kind.MITIGASI).version
        texts = dict.fromkeys((1, 2), f"{TEXT}, ditulis rekan {version}")
        save_component(actor=actor, report=report, kind=Kind.MITIGASI, version=version, texts=texts)
    page.get_by_label("Prioritas 1").fill("Ditulis sesudahnya")
    press(page, "Simpan", exact=True)
