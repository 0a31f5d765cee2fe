"""Pages of planning, with plans in years of their own; one that can be sent stands in the present period."""

from datetime import date
from unittest.mock import patch

from django.db.models import F
from django.utils import timezone
from playwright.sync_api import Page

from coordination.actors.actor import Acting
from coordination.actors.models import User
from kinerja.models import Plan, RaporColour, Section
from kinerja.selectors.packs import periods_to_plan
from kinerja.services.decisions import return_plan
from tests.cast import Cast
from tests.kinerja.plans import approved, contents, drafted, submitted
from tests.url_map.kinerja import period_of

from .site import press


def _plan(year: int, make, owner: str = "guru") -> Plan:
    """A plan of a year, made the first time."""
    period = period_of(year)
    if found := Plan.objects.filter(owner__username=owner, period=period).first():
        return found
    with patch.object(Acting, "today", lambda acting: date(year, 6, 1)):
        return make(Cast(), owner, code=period.code)


def _draft() -> str:
    """A draft with colours of the school's Rapor, and too many points."""
    plan = _plan(2001, drafted)
    values = {"path": plan.path, "school_id": plan.school_id, "by": User.objects.get(username="kepsek")}
    for one, colour in zip(plan.rules.indicators, ("hijau", "kuning", "merah"), strict=False):
        RaporColour.objects.update_or_create(
            school_id=plan.school_id, year=2025, indicator=one.code, defaults={**values, "colour": colour}
        )
    return f"/kinerja/rencana/{plan.pk}/"


def mine() -> str:
    _draft()
    return "/kinerja/"


def hub() -> str:
    return _draft()


def hub_sent() -> str:
    return f"/kinerja/rencana/{_plan(2002, submitted).pk}/"


def hub_returned() -> str:
    return f"/kinerja/rencana/{_returned().pk}/"


def _returned() -> Plan:
    plan = _plan(2003, submitted)
    if plan.state == Plan.State.DIAJUKAN:
        with patch.object(Acting, "today", lambda acting: date(2003, 6, 1)), Cast().actor("kepsek").entered() as actor:
            return_plan(actor=actor, plan=plan, number=1, notes={"perilaku": "Sebutkan contoh di kelas."})
    return plan


def perilaku_noted() -> str:
    return f"{hub_returned()}perilaku/"


def praktik() -> str:
    return f"{_draft()}praktik/"


def praktik_locked() -> str:
    return f"{hub_sent()}praktik/"


def kompetensi() -> str:
    return f"{_draft()}kompetensi/"


def tambahan() -> str:
    return f"{_draft()}tambahan/"


def perilaku() -> str:
    return f"{_draft()}perilaku/"


def value() -> str:
    return f"{_draft()}perilaku/kolaboratif/"


def employee() -> str:
    return f"{_draft()}data-pegawai/"


def summary() -> str:
    """Complete, in a period that is open."""
    owner = User.objects.get(username="kepsek_smk")
    period = periods_to_plan(timezone.localdate()).first()
    plan = Plan.objects.filter(owner=owner, period=period).first()
    if plan is None:
        plan = drafted(Cast(), "kepsek_smk", code=period.code)
        Section.objects.filter(plan=plan, code="kompetensi").update(
            content=contents(plan)["kompetensi"] | {"items": {"1": 2}, "under_reason": "Cuti melahirkan tiga bulan."}
        )
    return f"/kinerja/rencana/{plan.pk}/rangkuman/"


def summary_with_gaps() -> str:
    plan = _plan(2005, drafted)
    Section.objects.filter(plan=plan, code="perilaku").update(content={"values": {}})
    return f"/kinerja/rencana/{plan.pk}/rangkuman/"


def receipt() -> str:
    return f"{hub_sent()}terkirim/"


def amend() -> str:
    return f"/kinerja/rencana/{_plan(2004, approved).pk}/ubah/"


def saved_in_another_window(page: Page) -> None:
    """The same section is saved elsewhere while it is open here."""
    held = Section.objects.filter(plan__period__code="2001", plan__owner__username="guru", code="kompetensi")
    held.update(version=F("version") + 1, content={"items": {"1": 9}, "under_reason": ""})
    press(page, "Simpan", exact=True)


def wrong_rows(page: Page) -> None:
    """A list with two rows that cannot be taken."""
    rows = "tahun,indikator,warna\n2025,suasana_kelas,ungu\n1900,disiplin,merah\n"
    page.get_by_label("Berkas CSV").set_input_files(
        {"name": "rapor.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    press(page, "Impor", exact=True)


def rapor() -> str:
    _draft()
    return "/kinerja/rapor/?tahun=2025"


LOOKS = [
    ("guru", mine),
    ("pusat", "/kinerja/"),
    ("guru", hub),
    ("kepsek", hub),
    ("guru", hub_sent),
    ("guru", hub_returned),
    ("guru", perilaku_noted),
    ("guru", praktik),
    ("guru", praktik_locked),
    ("guru", kompetensi),
    ("guru", tambahan),
    ("guru", perilaku),
    ("guru", value),
    ("guru", employee),
    ("kepsek_smk", summary),
    ("guru", summary_with_gaps),
    ("guru", receipt),
    ("guru", amend),
    ("operator", rapor),
]
AFTER = [("guru", kompetensi, saved_in_another_window), ("operator", rapor, wrong_rows)]
