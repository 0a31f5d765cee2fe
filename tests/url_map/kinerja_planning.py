"""Addresses of planning. The plans' years are long past, so what is asked of the calendar refuses the owner too."""

from django.core.files.uploadedfile import SimpleUploadedFile

from coordination.actors.models import User
from kinerja.models import RaporColour
from kinerja.services.drafting import mark_of

from . import DINAS, EVERYONE, KEPSEK, Ref, Row, fresh_token
from .kinerja import PRINCIPALS, plans_at
from .world import Site

DRAFT, SENT, RUNNING, CHANGING = "planning_draft", "planning_sent", "planning_running", "planning_changing"
EMPLOYEES = f"guru {KEPSEK}"
SCHOOL_WRITERS = f"{KEPSEK} operator"
PLAN = {"pk": Ref(DRAFT)}
NOTHING = mark_of({})


def a_list() -> SimpleUploadedFile:
    return SimpleUploadedFile("rapor.csv", b"tahun,indikator,warna\n2025,suasana_kelas,merah\n")


ROWS = [
    Row("kinerja:mine", may=EVERYONE, changing=True),
    Row("kinerja:start", "POST", url={"code": "2026-2"}, may=EMPLOYEES),
    Row("kinerja:hub", url=PLAN, may="guru kepsek"),
    Row("kinerja:hub", url={"pk": Ref(f"{SENT}_ks")}, may=f"{KEPSEK} {DINAS}"),
    Row("kinerja:copy", "POST", url=PLAN, may="guru"),
    Row("kinerja:employee", "GET", url=PLAN, may="guru"),
    Row("kinerja:employee", "POST", url=PLAN, body={"nip": "", "position": ""}, may="guru"),
    Row("kinerja:section", "GET", url=PLAN | {"section": "kompetensi"}, may="guru"),
    Row("kinerja:section", "POST", url=PLAN | {"section": "tambahan"}, body={"version": "1"}, may="guru"),
    Row("kinerja:section_draft", "POST", url=PLAN | {"section": "tambahan"}, body={"version": "1"}, may="guru"),
    Row("kinerja:value", "GET", url=PLAN | {"value": "loyal"}, may="guru"),
    Row("kinerja:value", "POST", url=PLAN | {"value": "loyal"}, body={"version": NOTHING}, may="guru"),
    Row("kinerja:value_draft", "POST", url=PLAN | {"value": "loyal"}, body={"version": NOTHING}, may="guru"),
    Row("kinerja:summary", "GET", url=PLAN, may="guru"),
    Row("kinerja:summary", "POST", url=PLAN, body={"token": fresh_token, "seen": "4"}, may="guru", gives=400),
    Row("kinerja:receipt", url={"pk": Ref(SENT)}, may="guru"),
    Row("kinerja:withdraw", "POST", url={"pk": Ref(SENT)}, may="guru"),
    Row("kinerja:amend", "GET", url={"pk": Ref(RUNNING)}, may="guru"),
    Row("kinerja:amend", "POST", url={"pk": Ref(RUNNING)}, body={"token": fresh_token, "reason": "uji"}, may="guru",
        gives=400),
    Row("kinerja:keep", "POST", url={"pk": Ref(CHANGING)}, may="guru"),
    Row("kinerja_api:plans", "GET", may=EVERYONE),
    Row("kinerja_api:plans", "POST", body={"period": "2026-2"}, json=True, may=EMPLOYEES),
    Row("kinerja_api:plan", "GET", url=PLAN, may="guru"),
    Row("kinerja_api:plan", "PATCH", url=PLAN, body={"nip": ""}, json=True, may="guru"),
    Row("kinerja_api:section", "PATCH", url=PLAN | {"code": "praktik"}, body={"version": 1, "content": {}}, json=True,
        may="guru"),
    Row("kinerja_api:submit", "POST", url=PLAN, body={"token": fresh_token, "seen": 4}, json=True, may="guru",
        gives=400),
    Row("kinerja_api:withdraw", "POST", url={"pk": Ref(SENT)}, json=True, may="guru"),
    Row("kinerja_api:amend", "POST", url={"pk": Ref(RUNNING)}, body={"token": fresh_token, "reason": "uji"}, json=True,
        may="guru", gives=400),
    Row("kinerja_api:keep", "POST", url={"pk": Ref(CHANGING)}, json=True, may="guru"),
    Row("kinerja:rapor", "GET", may=SCHOOL_WRITERS),
    Row("kinerja:rapor", "POST", body={"year": "2025", "warna_suasana_kelas": "merah"}, may=SCHOOL_WRITERS),
    Row("kinerja:rapor_import", "POST", body={"file": a_list}, may=SCHOOL_WRITERS),
    Row("kinerja:rapor_template", may=SCHOOL_WRITERS),
]  # fmt: skip


def build(at: Site) -> None:
    for plan in plans_at(at, DRAFT, year=2001, state="draf"):
        section = plan.sections.get(code="perilaku")
        del section.content["values"]["loyal"]
        section.save(update_fields=["content"])
    for plan in plans_at(at, SENT, year=2002, state="diajukan"):
        plan.submitted_at = plan.started_at
        plan.save(update_fields=["submitted_at"])
    plans_at(at, RUNNING, year=2003, state="disetujui")
    plans_at(at, CHANGING, year=2004, state="perubahan")
    if at.school and not at.serial:
        by = User.objects.get(username=PRINCIPALS[at.name]) if at.name in PRINCIPALS else None
        if by:
            RaporColour.objects.create(
                path=at.path, school=at.school, year=2024, indicator="suasana_kelas", colour="merah", by=by
            )
