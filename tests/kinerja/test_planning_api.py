"""The API of one's own plans: the same doors and refusals as the pages."""

from uuid import uuid4

import pytest

from kinerja.models import Plan, PlanVersion

from .plans import approved, contents, drafted

pytestmark = pytest.mark.usefixtures("in_november")
PLANS = "/api/v1/kinerja/plans/"


def post(client, address: str, **body):
    return client.post(address, body, content_type="application/json")


def patch(client, address: str, **body):
    return client.patch(address, body, content_type="application/json")


def test_a_teacher_plans_and_sends_through_the_api(cast):
    begun = post(cast.guru, PLANS, period="2026-2")
    assert begun.status_code == 201
    one = f"{PLANS}{begun.json()['id']}/"
    assert post(cast.guru, PLANS, period="2026-2").json()["id"] == begun.json()["id"]
    assert patch(cast.guru, one, nip="198503122010011001").json()["plan"]["nip"] == "198503122010011001"
    draft = cast.guru.get(one).json()
    assert {gap["section"] for gap in draft["gaps"]} == {"praktik", "kompetensi", "perilaku"}
    plan = Plan.objects.get(pk=begun.json()["id"])
    for code, content in contents(plan).items():
        saved = patch(cast.guru, f"{one}sections/{code}/", version=0, content=content)
        assert saved.json() == {"code": code, "version": 1, "content": content}
    draft = cast.guru.get(one).json()
    assert draft["gaps"] == []
    token = str(uuid4())
    for _again in range(2):
        sent = post(cast.guru, f"{one}submit/", token=token, seen=draft["seen"])
        assert sent.json()["plan"]["state"] == "diajukan"
    assert PlanVersion.objects.filter(plan=plan).count() == 1
    assert post(cast.guru, f"{one}withdraw/").json()["plan"]["state"] == "draf"
    assert [row["id"] for row in cast.guru.get(PLANS).json()["results"]] == [plan.pk]


def test_a_plan_is_changed_and_the_change_given_up_by_api_as_in_the_page(cast):
    plan, token = approved(cast), str(uuid4())
    one = f"{PLANS}{plan.pk}/"
    assert post(cast.guru, f"{one}amend/", token=token, reason=" ").status_code == 400
    for _again in range(2):
        changed = post(cast.guru, f"{one}amend/", token=token, reason="Pelatihan dibatalkan.")
        assert changed.json()["plan"]["state"] == "perubahan"
    assert post(cast.kepsek, f"{one}keep/").status_code == 404
    assert post(cast.guru, f"{one}keep/").json()["plan"]["state"] == "disetujui"
    assert post(cast.guru, f"{one}keep/").status_code == 400


def test_an_old_version_is_a_conflict_with_both_texts(cast):
    plan = drafted(cast)
    one = f"{PLANS}{plan.pk}/sections/kompetensi/"
    patch(cast.guru, one, version=1, content={"items": {"1": 4}})
    late = patch(cast.guru, one, version=1, content={"items": {"1": 9}})
    assert late.status_code == 409
    assert (late.json()["mine"]["items"], late.json()["theirs"]["items"]) == ({"1": 9}, {"1": 4})


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("kompetensi", {"items": {"x": 1}}),
        ("kompetensi", {"items": {"1": "banyak"}}),
        ("kompetensi", {"items": {"99": 1}}),
        ("tambahan", {"items": {"31": "SK"}}),
        ("tambahan", {"items": {"31": {"sk_date": "kemarin"}}}),
        ("perilaku", {"values": {"berani": {}}}),
        ("praktik", {"indicator": "tidak_ada"}),
    ],
)
def test_a_content_of_another_shape_is_refused(cast, code, content):
    plan = drafted(cast)
    assert patch(cast.guru, f"{PLANS}{plan.pk}/sections/{code}/", version=1, content=content).status_code == 400


def test_nobody_else_reads_or_writes_a_draft_by_api(cast):
    plan = drafted(cast)
    for name in set(cast.names) - {"guru"}:
        client = cast.client(name)
        assert client.get(f"{PLANS}{plan.pk}/").status_code == 404
        assert patch(client, f"{PLANS}{plan.pk}/sections/praktik/", version=1, content={}).status_code == 404
    assert post(cast.operator, PLANS, period="2026-2").status_code == 403
