"""Sessions, letters, feedback and plans by API: the same services, the same walls."""

import json
from uuid import uuid4

import pytest

from reflection.models import Feedback, Note, Rtl, RtlItem, Session, Undangan
from tests.kombel.make import make_kombel, make_leader
from tests.reflection.make import make_cycle, make_note, make_rtl, make_session, make_undangan

ROOT = "/api/v1/refleksi"


def send(client, verb: str, path: str, **body):
    return getattr(client, verb)(f"{ROOT}{path}", json.dumps(body), content_type="application/json")


@pytest.fixture
def session(cast) -> Session:
    return make_session(state="berlangsung")


@pytest.fixture
def letter(session) -> Undangan:
    kombel = make_kombel()
    make_leader(kombel, "penggerak")
    return make_undangan(session, kombel)


def test_a_session_is_planned_changed_and_listed(cast):
    plan = {
        "title": "Refleksi Contoh",
        "cycle": make_cycle().code,
        "held_on": "2026-10-20",
        "starts": "09:00",
        "ends": "11:00",
        "mode": "daring",
        "place": "https://rapat.contoh.id/1",
        "token": str(uuid4()),
    }
    first, second = (send(cast.upt_jabar, "post", "/sesi/", **plan) for _ in range(2))
    assert first.status_code == 201
    assert first.json()["id"] == second.json()["id"] == Session.objects.get().pk
    assert first.json()["rtl_due_on"] == "2026-11-03"
    pk = first.json()["id"]
    answer = send(cast.upt_jabar, "patch", f"/sesi/{pk}/", version=1, title="Judul Contoh baru")
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    answer = send(cast.upt_jabar_staff, "patch", f"/sesi/{pk}/", version=1, title="Judul lain")
    assert answer.status_code == 409
    assert answer.json()["theirs"] == {"judul sesi": "Judul Contoh baru"}
    assert [one["title"] for one in cast.pusat.get(f"{ROOT}/sesi/").json()["results"]] == ["Judul Contoh baru"]
    assert cast.pmp_jabar.get(f"{ROOT}/sesi/").json()["count"] == 0


def test_a_session_outside_its_cycle_is_refused_in_words(cast):
    plan = {"title": "A", "cycle": make_cycle().code, "held_on": "9999-12-31", "starts": "09:00", "ends": "11:00"}
    answer = send(cast.upt_jabar, "post", "/sesi/", **plan, mode="luring", place="B")
    assert answer.status_code == 400
    assert "Tanggal sesi harus di antara" in answer.json()["detail"]


def test_a_session_is_held_to_its_end_by_api(cast, session, letter):
    path = f"/sesi/{session.pk}"
    other = make_kombel("99000002", "Kombel Contoh Beji")
    far = make_kombel("99000005", "Kombel Contoh Mahakam")
    answer = send(cast.upt_jabar, "post", f"{path}/undang/", kombel=[other.pk, far.pk])
    assert (answer.status_code, answer.json()) == (201, {"sent": 1})
    assert send(cast.penggerak, "post", f"/undangan/{letter.pk}/jawaban/", coming=True).json()["state"] == "akan_hadir"
    answer = send(cast.upt_jabar, "post", f"{path}/hadir/", shown=[letter.pk], present=[letter.pk])
    assert answer.json()["present"] == 1
    assert send(cast.upt_jabar, "post", f"{path}/keadaan/", change="finish").json()["state"] == "selesai"
    assert Rtl.objects.get().undangan == letter


def test_notes_are_written_changed_and_removed(cast, session, letter):
    path = f"/sesi/{session.pk}/catatan/"
    body = {"prompt": "baik", "text": "Guru saling mengunjungi", "undangan": letter.pk, "token": str(uuid4())}
    first, second = (send(cast.upt_jabar, "post", path, **body) for _ in range(2))
    assert first.json()["id"] == second.json()["id"]
    assert first.json()["kombel_name"] == "Kombel Contoh Melati"
    note = f"/catatan/{first.json()['id']}/"
    assert send(cast.upt_jabar, "patch", note, version=1, text="Baru").json()["version"] == 2
    assert send(cast.upt_jabar_staff, "patch", note, version=1, text="Lain").status_code == 409
    assert cast.upt_jabar.get(f"{ROOT}{path}").json()["count"] == 1
    assert cast.pusat.get(f"{ROOT}{path}").status_code == 403
    assert cast.pmp_jabar.get(f"{ROOT}{path}").status_code == 404
    assert send(cast.upt_jabar, "delete", note).status_code == 204
    assert not Note.objects.exists()


def test_a_note_names_only_letters_and_risks_of_its_session(cast, session, letter):
    other = make_session(title="Sesi Contoh lain")
    stranger = make_undangan(other, make_kombel("99000002", "Kombel Contoh Beji"))
    risk = make_note(other, "risiko")
    path = f"/sesi/{session.pk}/catatan/"
    for part in ({"undangan": stranger.pk}, {"risk": risk.pk}):
        assert send(cast.upt_jabar, "post", path, prompt="mitigasi", text="A", **part).status_code == 404


def test_feedback_and_plan_of_a_community(cast, session, letter):
    path = f"/undangan/{letter.pk}/umpan-balik/"
    said = {"giver": "guru", "proposals": "Berbagi", "token": str(uuid4())}
    made = [send(cast.penggerak, "post", path, **said).json()["id"] for _ in range(2)]
    assert made == [Feedback.objects.get().pk] * 2
    assert send(cast.penggerak, "put", f"/umpan-balik/{made[0]}/", giver="ks", version=1).status_code == 400
    assert send(cast.upt_jabar, "post", path, **said).status_code == 403
    assert cast.dinas_depok.get(f"{ROOT}{path}").json()["count"] == 0
    assert cast.upt_jabar.get(f"{ROOT}{path}").json()["count"] == 1
    Undangan.objects.update(state="hadir")
    rtl = make_rtl(letter)
    activity = {"activity": "A", "aim": "B", "responsible": "C", "due_on": "2026-12-01", "indicator": "D"}
    item = send(cast.penggerak, "post", f"/rtl/{rtl.pk}/kegiatan/", **activity, token=str(uuid4())).json()["id"]
    assert (
        send(cast.penggerak, "put", f"/rtl/kegiatan/{item}/", **activity | {"aim": "E"}, version=1).status_code == 200
    )
    assert send(cast.dinas_depok, "post", f"/rtl/{rtl.pk}/kirim/").status_code == 403
    assert send(cast.penggerak, "post", f"/rtl/{rtl.pk}/kirim/").json()["state"] == "dikirim"
    done = send(cast.penggerak, "post", f"/rtl/kegiatan/{item}/kemajuan/", version=2, progress="selesai")
    assert done.json()["progress"] == "selesai"
    assert cast.dinas_depok.get(f"{ROOT}/rtl/{rtl.pk}/").json()["items_done"] == 1
    assert send(cast.penggerak, "post", f"/rtl/{rtl.pk}/perbaiki/", reason="Salah tanggal").json()["state"] == "draf"
    assert send(cast.penggerak, "delete", f"/rtl/kegiatan/{item}/").status_code == 204
    assert not RtlItem.objects.exists()
    for name in ("pmp_jabar", "dinas_balikpapan", "penggerak_balikpapan", "pusat"):
        assert cast.client(name).get(f"{ROOT}/rtl/{rtl.pk}/").status_code == 404
        assert cast.client(name).get(f"{ROOT}/rtl/").json()["count"] == 0
