"""What is nobody else's business yet: a draft, and what became of it after it was sent back."""

import pytest
from django.urls import reverse

from kinerja.gates import explain
from kinerja.models import SectionCode
from kinerja.services.decisions import return_plan
from kinerja.services.plans import withdraw_plan, write_section

from .plans import drafted, submitted

pytestmark = pytest.mark.usefixtures("in_november")
CANARY = "Kalimat yang belum diajukan"


def rewritten(cast, plan):
    """The owner changes the draft after it was sent: another total, other words."""
    section = plan.sections.get(code=SectionCode.KOMPETENSI)
    content = {"items": {"1": 1}, "under_reason": CANARY}
    with cast.actor("guru").entered() as actor:
        write_section(actor=actor, plan=plan, code=section.code, content=content, version=section.version)


@pytest.mark.parametrize("action", ["submit", "withdraw", "amend", "keep"])
def test_the_explanation_tells_a_principal_nothing_of_a_draft(cast, action):
    plan = drafted(cast, items={"1": 1})
    with cast.actor("kepsek").entered() as actor:
        said = explain(action, plan, actor)
    assert all(block.url not in SectionCode.values for block in said)
    assert all("poin" not in block.rule for block in said)


@pytest.mark.parametrize("back", ["returned", "withdrawn"])
def test_a_principal_reads_the_last_sent_version_and_never_the_draft_after_it(cast, back):
    plan = submitted(cast)
    if back == "returned":
        with cast.actor("kepsek").entered() as actor:
            return_plan(actor=actor, plan=plan, number=1, notes={"kompetensi": "Tambah."})
    else:
        with cast.actor("guru").entered() as actor:
            withdraw_plan(actor=actor, plan=plan)
    rewritten(cast, plan)
    pages = ["hub", "decide", "timeline", "compare", "observation", "evidence", "assess", "skp", "result"]
    addresses = [reverse(f"kinerja:{name}", args=[plan.pk]) for name in pages]
    addresses += [reverse("kinerja:version", args=[plan.pk, 1])]
    addresses += [reverse("kinerja:why", args=[plan.pk, "submit"]), reverse("kinerja:skp_file", args=[plan.pk, "json"])]
    for address in addresses:
        answer = cast.kepsek.get(address)
        assert answer.status_code in {200, 400}, address
        said = b"".join(answer).decode(errors="replace")
        assert CANARY not in said, address
