"""Observation and evidence of Kinerja, and their rows in the test world."""

from datetime import date
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pypdf import PdfWriter

from kinerja.models import Evidence, Observation, Plan, belongs

from . import DINAS, EVERYONE, KEPSEK, Ref, Row, fresh_token
from .kinerja import DECIDERS, PRINCIPALS, plans_at
from .world import Site

YEAR = 2011
SEEN = f"guru {KEPSEK} {DINAS} dinas_depok_head"
OF_PLAN, OF_ITEM = {"pk": Ref("execution")}, {"pk": Ref("execution"), "item": Ref("execution_item")}
OF_EVIDENCE, OF_EVIDENCE_KS = {"pk": Ref("execution_evidence")}, {"pk": Ref("execution_evidence_ks")}
OF_PRINCIPAL = {"pk": Ref("execution_ks")}
NOTE = {"title": "Kegiatan", "done_on": f"{YEAR}-03-02", "units": "1", "note": "Selesai", "token": fresh_token}
AGREE = {"step": "agree", "version": "1", "token": fresh_token}
WHY = {"reason": "Salah berkas", "token": fresh_token}

ROWS = [
    Row("kinerja:observations", may=f"{KEPSEK} {DINAS} dinas_depok_head"),
    Row("kinerja:observation", url=OF_PLAN, may="guru kepsek"),
    Row("kinerja:observation", url=OF_PRINCIPAL, may=SEEN.replace("guru ", "")),
    Row("kinerja:observation", "POST", url=OF_PLAN, body=AGREE, may="kepsek"),
    Row("kinerja:evidence_mine", may=EVERYONE),
    Row("kinerja:evidence", url=OF_PLAN, may="guru kepsek"),
    Row("kinerja:evidence", url=OF_PRINCIPAL, may=SEEN.replace("guru ", "")),
    Row("kinerja:evidence_add", "GET", url=OF_ITEM, query={"jenis": "pdf"}, may="guru"),
    Row("kinerja:evidence_add", "POST", url=OF_ITEM, query={"jenis": "catatan"}, body=NOTE, may="guru"),
    Row("kinerja:evidence_file", url=OF_EVIDENCE, may="guru kepsek"),
    Row("kinerja:evidence_file", url=OF_EVIDENCE_KS, may=SEEN.replace("guru ", "")),
    Row("kinerja:evidence_remove", "GET", url=OF_EVIDENCE, may="guru"),
    Row("kinerja:evidence_remove", "POST", url=OF_EVIDENCE, body=WHY, may="guru"),
    Row("kinerja:evidence_remove", "GET POST", url=OF_EVIDENCE_KS, body=WHY, may=KEPSEK),
    Row("kinerja_api:observation", url=OF_PLAN, may="guru kepsek"),
    Row(
        "kinerja_api:observation_step", "POST", url={**OF_PLAN, "step": "agree"}, body={"version": 1}, json=True,
        may="kepsek",
    ),
    Row("kinerja_api:evidence", "GET", url=OF_PLAN, may="guru kepsek"),
    Row(
        "kinerja_api:evidence", "POST", url=OF_PLAN, json=True, may="guru",
        body={"rhk": 1, "kind": "catatan", "title": "Kegiatan", "done_on": f"{YEAR}-03-02", "note": "Selesai"},
    ),
    Row("kinerja_api:evidence_file", url=OF_EVIDENCE, may="guru kepsek"),
    Row(
        "kinerja_api:evidence_withdrawal", "POST", url=OF_EVIDENCE, json=True,
        body={"reason": "Salah berkas"}, may="guru",
    ),
]  # fmt: skip


def build(at: Site) -> None:
    """A proposed observation and one PDF for each running plan."""
    for plan in plans_at(at, "execution", year=YEAR, state="disetujui"):
        only = f"{PRINCIPALS[at.name]} {DECIDERS[at.name] if plan.of_principal else 'guru'}"
        _observe(at, plan, only)
        _prove(at, plan, only)


def a_page() -> bytes:
    """A PDF of one empty page."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(width=72, height=72)
    writer.write(out)
    return out.getvalue()


def _observe(at: Site, plan: Plan, only: str) -> None:
    word = "ks" if plan.of_principal else ""
    observation = Observation.objects.create(
        **belongs(plan), state="diusulkan", held_on=date(YEAR, 3, 1), place=at.canary(f"kelas{word}", only=only),
        proposed_by=plan.owner,
    )  # fmt: skip
    at.give("execution_observation", observation, only=only)


def _prove(at: Site, plan: Plan, only: str) -> None:
    word = "ks" if plan.of_principal else ""
    evidence = Evidence.objects.create(
        **belongs(plan), item=plan.planitems.get(number=1), kind="pdf", done_on=date(YEAR, 2, 1), added_by=plan.owner,
        title=at.canary(f"bukti{word}", only=only), file=default_storage.save("kinerja/u.pdf", ContentFile(a_page())),
    )  # fmt: skip
    at.give(f"execution_evidence{'_ks' if plan.of_principal else ''}", evidence, only=only)
