"""Observation and evidence through the API: the same answers as the pages give."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coordination.actors.actor import Acting
from kinerja.models import Evidence

from .plans import approved
from .test_execution_evidence import photo

pytestmark = pytest.mark.usefixtures("in_november", "media")
BASE = "/api/v1/kinerja"


def step(client, plan, name, **given):
    return client.post(f"{BASE}/plans/{plan.pk}/observation/{name}/", given, content_type="application/json")


def test_an_observation_is_read_and_walked(cast, monkeypatch):
    plan = approved(cast)
    before = cast.guru.get(f"{BASE}/plans/{plan.pk}/observation/").json()
    assert (before["observation"]["state"], before["observation"]["version"]) == ("belum", 0)
    assert step(cast.guru, plan, "propose", version=0, held_on="2026-11-23").status_code == 200
    assert step(cast.guru, plan, "agree", version=1).json()["code"] == "locked_observe_agree"
    assert step(cast.kepsek, plan, "agree", version=0).status_code == 409
    assert step(cast.kepsek, plan, "agree", version=1).status_code == 200
    assert step(cast.guru, plan, "prepare", version=2, preparation="x").status_code == 403
    assert step(cast.kepsek, plan, "prepare", version=2, preparation="Tujuan").status_code == 200
    monkeypatch.setattr(Acting, "today", lambda acting: date(2026, 11, 23))
    rubric = {row["number"]: {"score": 2, "note": ""} for row in before["rubric"]}
    assert step(cast.kepsek, plan, "observe", version=3, rubric={**rubric, "1": {"score": 9}}).status_code == 400
    found = step(cast.kepsek, plan, "observe", version=3, rubric=rubric).json()
    assert (found["observation"]["state"], found["rubric"][0]["level"]) == ("diamati", "Dilakukan dan efektif")
    assert cast.kepsek_smk.get(f"{BASE}/plans/{plan.pk}/observation/").status_code == 404


def test_evidence_is_added_once_listed_fetched_and_withdrawn(cast):
    plan, token = approved(cast), uuid4()
    given = {"rhk": 1, "kind": "foto", "title": "Foto", "done_on": "2026-10-12", "token": token}
    for _again in range(2):
        file = SimpleUploadedFile("a.jpg", photo())
        answer = cast.guru.post(f"{BASE}/plans/{plan.pk}/evidence/", {**given, "file": file})
        assert answer.status_code == 201
    assert Evidence.objects.count() == 1
    pk = answer.json()["id"]
    listed = cast.kepsek.get(f"{BASE}/plans/{plan.pk}/evidence/").json()
    assert (listed["achieved_points"], listed["planned_points"]) == (8, 32)
    assert listed["evidence"][0]["has_file"]
    response = cast.kepsek.get(f"{BASE}/evidence/{pk}/file/")
    assert response["Content-Disposition"].startswith("attachment")
    assert cast.kepsek.post(f"{BASE}/evidence/{pk}/withdrawal/", {"reason": "x"}).status_code == 403
    assert cast.guru.post(f"{BASE}/evidence/{pk}/withdrawal/", {"reason": "Salah"}).json()["removed_because"] == "Salah"
    assert cast.guru.get(f"{BASE}/evidence/{pk}/file/").status_code == 404
    for name in ("operator", "kepsek_smk", "dinas_depok", "pusat"):
        assert cast.client(name).get(f"{BASE}/plans/{plan.pk}/evidence/").status_code == 404


def test_a_refused_file_is_said_in_the_same_words(cast):
    plan = approved(cast)
    given = {"rhk": 1, "kind": "pdf", "title": "PDF", "done_on": "2026-10-12"}
    file = SimpleUploadedFile("a.pdf", b"<html>")
    answer = cast.guru.post(f"{BASE}/plans/{plan.pk}/evidence/", {**given, "file": file})
    assert answer.status_code == 400
    assert answer.json()["detail"] == "a.pdf bukan PDF."
    unknown = cast.guru.post(f"{BASE}/plans/{plan.pk}/evidence/", {**given, "rhk": 17})
    assert "rhk" in unknown.json()
