"""The ground floor's API, by session and by token."""

import json
import re
from uuid import uuid4

import pytest
from django.test import Client

from coordination.actors.models import Invitation, Membership


@pytest.fixture
def token(cast) -> str:
    page = cast.upt_jabar.post("/token/", {"name": "uji", "days": "30", "token": str(uuid4())})
    return re.search(r"ikm_[\w-]+", page.content.decode()).group()


def test_a_token_sees_its_roles_schools_and_no_other(token):
    answer = Client().get("/api/v1/sekolah/", headers={"Authorization": f"Bearer {token}"})
    assert {row["npsn"] for row in answer.json()["results"]} == {"99000001", "99000002", "99000003", "99000004"}


def test_the_schools_are_searched_as_on_the_page(token):
    def found(words: str) -> set[str]:
        answer = Client().get("/api/v1/sekolah/", {"q": words}, headers={"Authorization": f"Bearer {token}"})
        return {row["npsn"] for row in answer.json()["results"]}

    assert found("pancoran") == {"99000001"}
    assert found("99000003") == {"99000003"}
    assert found("sepinggan") == set()


def test_an_unknown_token_is_told_so(db):
    answer = Client().get("/api/v1/saya/", headers={"Authorization": "Bearer salah"})
    assert answer.status_code == 401
    assert "Token" in answer.json()["detail"]


def test_a_visitor_gets_401_and_not_a_page(db):
    answer = Client().get("/api/v1/saya/")
    assert answer.status_code in (401, 403)
    assert answer["Content-Type"].startswith("application/json")


def test_a_foreign_school_is_as_absent_as_one_that_does_not_exist(cast):
    foreign = cast.dinas_depok.get("/api/v1/sekolah/99000005/")
    absent = cast.dinas_depok.get("/api/v1/sekolah/99009999/")
    assert (foreign.status_code, foreign.content) == (absent.status_code, absent.content) == (404, absent.content)


def test_a_session_without_its_csrf_token_changes_nothing(cast):
    client = Client(enforce_csrf_checks=True)
    client.cookies = cast.kepsek.cookies
    body = {"name": "A", "email": "a@contoh.id", "role": "guru", "npsn": "99000001"}
    assert client.post("/api/v1/undangan/", json.dumps(body), "application/json").status_code == 403
    assert not Invitation.objects.exists()


def test_a_principal_invites_and_ends_by_api(cast):
    body = {"name": "A", "email": "a@contoh.id", "role": "guru", "npsn": "99000001"}
    answer = cast.kepsek.post("/api/v1/undangan/", json.dumps(body), "application/json")
    assert (answer.status_code, answer.json()["state"]) == (201, "queued")
    guru = Membership.objects.get(user__username="guru")
    answer = cast.kepsek.post(f"/api/v1/anggota/{guru.pk}/akhiri/", {"reason": "pindah"})
    assert answer.status_code == 200
    assert cast.actor("guru").acting is None


def test_a_refusal_says_why_in_the_users_words(cast):
    body = {"name": "A", "email": "a@contoh.id", "role": "kepsek", "npsn": "99000001"}
    assert cast.kepsek.post("/api/v1/undangan/", json.dumps(body), "application/json").status_code == 403
    body = {"name": "A", "email": "a@contoh.id", "role": "kepsek", "office": "gtk"}
    answer = cast.admin.post("/api/v1/undangan/", json.dumps(body), "application/json")
    assert answer.status_code == 400
    assert "Peran itu tidak ada" in answer.json()["detail"]
