"""The SKP of a plan as page, PDF, XLSX and JSON: whole, the same everywhere, and for its two readers only."""

import json
from io import BytesIO
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

import jsonschema
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from coordination.actors.models import User
from kinerja.models import Assessment, Evidence, Plan, PlanItem, Rating, SkpDelivery, belongs
from kinerja.selectors.skp import skp_of
from kinerja.services.decisions import amend_plan
from kinerja.services.plans import submit_plan, write_section

from .plans import TODAY, approved, drafted, rated, submitted

pytestmark = pytest.mark.usefixtures("in_november")
SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "docs/kinerja/ikm-skp-1.schema.json").read_text("utf-8"))


def shown(plan: Plan, number: int, *units: int) -> None:
    """Evidence of an item, put there directly."""
    item = PlanItem.objects.get(plan=plan, number=number)
    for amount in units:
        Evidence.objects.create(
            **belongs(plan), item=item, kind="catatan", note="Contoh", title="Bukti contoh", units=amount,
            done_on=TODAY, added_by=plan.owner,
        )  # fmt: skip


def get(client, plan, form="", **more):
    name, args = ("kinerja:skp_file", [plan.pk, form]) if form else ("kinerja:skp", [plan.pk])
    return client.get(reverse(name, args=args), **more)


def test_the_json_follows_the_documented_schema_in_every_state(cast):
    for plan in (submitted(cast), approved(cast, "kepsek", "dinas_depok"), rated(cast, code="2027-1")):
        owner = plan.owner.username
        answer = json.loads(get(cast.client(owner), plan, "json").content)
        jsonschema.validate(answer, SCHEMA, format_checker=jsonschema.FormatChecker())
        assert answer["final"] is (plan.state == "final")


@pytest.mark.parametrize(("state", "gives"), [("menunggu", 400), ("diterima", 400), ("gagal", 302)])
def test_what_an_skp_was_sent_with_is_not_changed_while_it_counts(cast, state, gives):
    plan = rated(cast)
    Plan.objects.filter(pk=plan.pk).update(nip="198001012005011001")
    SkpDelivery.objects.create(**belongs(plan), key=uuid4(), state=state)
    wish = {"nip": "198001012005011002", "position": "ahli_muda"}
    assert cast.guru.post(reverse("kinerja:employee", args=[plan.pk]), wish).status_code == gives
    plan.refresh_from_db()
    assert (plan.nip == wish["nip"]) is (gives == 302)


def test_the_skp_gives_the_reason_of_the_version_it_shows(cast):
    plan = approved(cast, items={"1": 2}, kompetensi={"items": {"1": 2}, "under_reason": "Cuti melahirkan."})
    with cast.actor("guru").entered() as actor:
        amend_plan(actor=actor, plan=plan, reason="Sudah kembali.")
        content = {"items": {"1": 4}, "under_reason": ""}
        write_section(actor=actor, plan=plan, code="kompetensi", content=content, version=1)
        submit_plan(actor=actor, plan=plan)
    found = json.loads(get(cast.guru, plan, "json").content)
    assert (found["approved_version"], found["planned_points"]) == (1, 16)
    assert found["under_reason"] == "Cuti melahirkan."


def test_the_skp_says_what_was_planned_shown_and_rated(cast):
    plan = rated(cast)
    shown(plan, 1, 1, 1)
    shown(plan, 5, 3)
    Plan.objects.filter(pk=plan.pk).update(nip="198001012005011001", position="ahli_muda")
    found = json.loads(get(cast.guru, plan, "json").content)
    works = {one["number"]: one for one in found["works"]}
    assert (found["planned_points"], found["achieved_points"]) == (32, 28)
    assert (works[1]["planned_units"], works[1]["achieved_units"], works[1]["achieved_points"]) == (2, 2, 16)
    assert (works[31]["kind"], works[31]["sk_number"], works[31]["planned_points"]) == ("tambahan", "SK-1/2026", None)
    assert (works[5]["level"], works[5]["reason"]) == ("sesuai", "Sesuai rencana.")
    assert found["employee"] == {
        "name": "Guru", "nip": "198001012005011001", "job": "Guru", "position": "Ahli Muda",
        "school": "SD Contoh Pancoran Mas 1", "npsn": "99000001", "jenjang": "sd",
    }  # fmt: skip
    assert found["assessor"]["name"] == "Kepsek"
    assert found["result"]["predicate_name"] == "Baik"
    assert found["credit"] == {
        "position": "ahli_muda", "coefficient": "25", "percent": 100, "months": 6, "value": "12.50",
    }  # fmt: skip
    assert len(found["behaviours"]) == 7


def test_the_pdf_is_tagged_titled_and_in_indonesian(cast):
    plan = rated(cast)
    answer = get(cast.guru, plan, "pdf")
    assert answer["Content-Disposition"] == f'attachment; filename="skp-2026-2-{plan.pk}.pdf"'
    reader = PdfReader(BytesIO(answer.content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"
    assert reader.metadata.title == "SKP Guru, Juli–Desember 2026"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Belum final" not in text
    text = " ".join(text.split())
    for words in ("Sasaran Kinerja Pegawai", "99000001", "Predikat kinerja", "Baik", "Kolaboratif", "10 Juli 2026"):
        assert words in text, words


def test_the_page_shows_the_practice_and_the_seven_values_as_the_pdf_does(cast):
    plan = rated(cast)
    found = json.loads(get(cast.guru, plan, "json").content)
    page, practice = get(cast.guru, plan).text, found["practice"]
    assert f"{practice['name']} ({practice['group']})" in page
    assert "Diobservasi" in page
    assert len(found["behaviours"]) == 7
    for one in found["behaviours"]:
        assert f'<th role="rowheader" scope="row">{one["name"]}</th>' in page
        assert one["behaviours"][0] in page
    assert page.count("Setiap hari di kelas.") == 7
    assert page.count("Sesuai rencana.") == len(found["works"]) + 8, "each rating with its reason"


@pytest.mark.parametrize(("who", "back"), [("guru", "Juli–Desember 2026"), ("kepsek", "Guru")])
def test_the_page_and_the_evidence_lead_back_to_the_plan(cast, who, back):
    plan = rated(cast)
    for page in (get(cast.client(who), plan), cast.client(who).get(reverse("kinerja:evidence", args=[plan.pk]))):
        way = page.text.partition('<nav class="crumbs"')[2].partition("</nav>")[0]
        assert f'<li><a href="{reverse("kinerja:hub", args=[plan.pk])}">{back}</a></li>' in way
        assert (reverse("kinerja:mine") + '"' in way) is (who == "guru")


def test_before_it_is_final_every_form_says_so(cast):
    plan = approved(cast)
    page = get(cast.kepsek, plan).content.decode()
    assert "Belum final" in page
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(get(cast.guru, plan, "pdf").content)).pages)
    assert text.count("Belum final") >= 2
    book = CalamineWorkbook.from_filelike(BytesIO(get(cast.guru, plan, "xlsx").content))
    assert ["Keadaan", "Berjalan – Belum final"] in book.get_sheet_by_name("SKP").to_python()
    assert book.get_sheet_by_name("Penilaian").to_python()[1] == ["Penilaian", "Belum dinilai"]


def test_no_cell_of_the_workbook_is_a_formula(cast):
    formula = '=HYPERLINK("http://contoh.id";"klik")'
    plan = rated(cast)
    Rating.objects.filter(plan=plan, subject="rhk:1").update(reason=formula)
    Assessment.objects.filter(plan=plan).update(response="+62 811", note="@SUM(A1)")
    content = get(cast.guru, plan, "xlsx").content
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    rows = book.get_sheet_by_name("Hasil kerja").to_python()
    assert rows[1][-1] == formula
    with ZipFile(BytesIO(content)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet for sheet in sheets)
    assert [row[0] for row in rows[1:]] == [1, 5, 31]
    assert book.get_sheet_by_name("Penilaian").to_python()[-2:] == [
        ["Catatan penilai", "@SUM(A1)"], ["Tanggapan pegawai", "+62 811"],
    ]  # fmt: skip


def test_a_rating_in_progress_is_in_nobodys_skp(cast):
    plan = approved(cast)
    draft = Assessment.objects.create(**belongs(plan), hasil="bawah", perilaku="bawah", note="rahasia penilai")
    Rating.objects.create(**belongs(plan), assessment=draft, subject="rhk:1", level="bawah", reason="rahasia penilai")
    for client in (cast.guru, cast.kepsek):
        answer = get(client, plan, "json").content.decode()
        assert "rahasia" not in answer
        assert json.loads(answer)["result"] is None


def test_only_the_owner_and_who_decides_read_it(cast):
    teacher, principal = rated(cast), submitted(cast, "kepsek")
    readers = {"guru": {teacher}, "kepsek": {teacher, principal}, "dinas_depok": {principal}}
    readers["dinas_depok_head"] = {principal}
    for name in cast.names:
        for plan in (teacher, principal):
            wanted = 200 if plan in readers.get(name, set()) else 404
            for form in ("", "pdf", "xlsx", "json"):
                assert get(cast.client(name), plan, form).status_code == wanted, (name, plan, form)
    page = get(cast.guru, teacher).content.decode()
    assert "hanya bisa dibuka oleh Anda dan kepala sekolah" in page


def test_a_draft_has_no_skp_and_the_page_says_why(cast):
    plan = drafted(cast)
    assert "dibuat dari rencana yang sudah diajukan" in get(cast.guru, plan).content.decode()
    assert get(cast.guru, plan, "pdf").status_code == 400
    assert cast.guru.get(f"/api/v1/kinerja/plans/{plan.pk}/skp/").status_code == 400


def test_an_skp_costs_the_same_with_one_rhk_and_with_many(cast):
    few = rated(cast, items={"6": 1})
    many = rated(cast, "kepsek", "dinas_depok", items={str(number): 1 for number in (1, 2, 3, 4, 5)})
    counted = []
    for plan in (few, many):
        found = Plan.objects.select_related("owner", "period").get(pk=plan.pk)
        assert found.rules
        with CaptureQueriesContext(connection) as asked:
            skp_of(found, printed_at=timezone.now())
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 7


def test_the_page_stays_within_the_budget_of_a_phone(cast):
    plan = rated(cast, items={str(number): 1 for number in (1, 2, 3, 4, 5, 7)})
    answer = get(cast.guru, plan, headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) <= 10 * 1024


def test_the_api_gives_what_the_file_holds(cast):
    plan = rated(cast)
    answer = cast.kepsek.get(f"/api/v1/kinerja/plans/{plan.pk}/skp/").json()
    file = json.loads(get(cast.guru, plan, "json").content)
    assert {**answer, "printed_at": ""} == {**file, "printed_at": ""}
    assert User.objects.get(pk=plan.owner_id).name == answer["employee"]["name"]
    assert cast.upt_jabar.get(f"/api/v1/kinerja/plans/{plan.pk}/skp/").status_code == 404
