"""What a penggerak has typed and not sent: kept on the server, shown to them alone, gone when it is sent."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from coordination.actors.models import Draft, User
from coordination.actors.services.drafts import prune_drafts

from .make import make_kombel, make_leader, make_meeting, make_members

TODAY = date(2026, 11, 5)
AS_SCRIPT = {"accept": "application/json"}


@pytest.fixture
def kombel(cast, on):
    on(TODAY)
    found = make_kombel()
    make_leader(found, "penggerak")
    return found


@pytest.fixture
def address(kombel) -> str:
    return f"/kombel/{kombel.pk}/pertemuan/baru/"


def test_what_the_script_keeps_is_in_the_form_the_next_time(cast, kombel, address):
    members = [str(one.pk) for one in make_members(kombel, 3)]
    fields = {"topic": "Asesmen awal", "held_on": "2026-11-03", "mode": "daring", "members": members[:2], "version": 0}
    answer = cast.penggerak.post(f"{address}draf/", {**fields, "token": uuid4()}, headers=AS_SCRIPT)
    assert answer.status_code == 200
    assert set(answer.json()) == {"version", "saved"}
    page = cast.penggerak.get(address)
    form = page.context["form"]
    assert [form[name].value() for name in ("topic", "held_on", "mode", "members")] == [
        "Asesmen awal",
        "2026-11-03",
        "daring",
        members[:2],
    ]
    assert f"Tersimpan di server {answer.json()['saved']}" in page.text
    assert page.text.count(" checked") == 2
    assert 'value="2026-11-03"' in page.text


def test_without_a_script_a_button_keeps_the_draft_and_another_drops_it(cast, kombel, address):
    answer = cast.penggerak.post(f"{address}draf/", {"topic": "Setengah jalan", "version": "0"}, follow=True)
    assert answer.redirect_chain[-1][0] == address
    assert "Draf tersimpan" in answer.text
    assert "Setengah jalan" in answer.text
    answer = cast.penggerak.post(f"{address}draf/", {"aksi": "buang"}, follow=True)
    assert "Draf dibuang." in answer.text
    assert "Setengah jalan" not in answer.text
    assert "Buang draf" not in answer.text


def test_a_sent_form_leaves_no_draft_and_a_refused_one_keeps_it(cast, kombel, address):
    cast.penggerak.post(f"{address}draf/", {"topic": "Asesmen awal", "version": "0"}, headers=AS_SCRIPT)
    given = {"held_on": TODAY, "topic": "Asesmen awal", "mode": "luring", "token": uuid4()}
    assert cast.penggerak.post(address, given).status_code == 400
    assert Draft.objects.count() == 1
    assert cast.penggerak.post(address, {**given, "present": 4}).status_code == 302
    assert not Draft.objects.exists()


def test_a_draft_is_its_writers_alone(cast, kombel, address):
    cast.penggerak.post(f"{address}draf/", {"topic": "Punya penggerak", "version": "0"}, headers=AS_SCRIPT)
    assert "Punya penggerak" not in cast.kepsek.get(address).text
    cast.kepsek.post(f"{address}draf/", {"topic": "Punya kepala", "version": "0"}, headers=AS_SCRIPT)
    assert "Punya penggerak" in cast.penggerak.get(address).text
    assert Draft.objects.count() == 2


@pytest.mark.parametrize(("name", "status"), [("guru", 403), ("dinas_depok", 403), ("penggerak_balikpapan", 404)])
def test_drafts_go_through_the_door_of_their_kombel(cast, kombel, address, name, status):
    assert cast.client(name).post(f"{address}draf/", {"topic": "x"}, headers=AS_SCRIPT).status_code == status
    assert not Draft.objects.exists()


def test_a_draft_of_an_overtaken_meeting_is_kept_and_its_writer_told(cast, kombel):
    meeting = make_meeting(kombel, TODAY)
    url = f"/kombel/pertemuan/{meeting.pk}/catat/"
    fields = {"topic": "Punya saya", "held_on": "2026-11-05", "mode": "luring", "present": "5"}
    kept = cast.penggerak.post(f"{url}draf/", {**fields, "version": meeting.version}, headers=AS_SCRIPT)
    assert kept.status_code == 200
    change = {**fields, "topic": "Punya orang lain", "version": meeting.version, "token": uuid4()}
    assert cast.kepsek.post(url, change).status_code == 302
    told = cast.penggerak.post(f"{url}draf/", {**fields, "version": meeting.version}, headers=AS_SCRIPT)
    assert told.status_code == 409
    assert "diubah orang lain" in told.json()["detail"]
    form = cast.penggerak.get(url).context["form"]
    assert (form["topic"].value(), form["version"].value()) == ("Punya saya", 1)
    answer = cast.penggerak.post(url, {**fields, "version": 1, "token": uuid4()})
    assert answer.status_code == 409
    assert "Punya orang lain" in answer.text
    assert Draft.objects.count() == 1, "a conflict keeps the draft"


def test_a_reflection_is_kept_and_gone_when_it_is_sent(cast, kombel):
    meeting = make_meeting(kombel, TODAY)
    url = f"/kombel/pertemuan/{meeting.pk}/refleksi/"
    cast.penggerak.post(f"{url}draf/", {"went_well": "Diskusi hidup", "version": "0"}, headers=AS_SCRIPT)
    assert "Diskusi hidup" in cast.penggerak.get(url).text
    assert cast.penggerak.post(url, {"went_well": "Diskusi hidup", "version": "0"}).status_code == 302
    assert not Draft.objects.exists()


def test_drafts_nobody_touched_for_two_months_are_removed(cast):
    user = User.objects.get(username="penggerak")
    old, new = (Draft.objects.create(user=user, key=key) for key in ("refleksi-1", "refleksi-2"))
    Draft.objects.filter(pk=old.pk).update(saved_at=timezone.now() - timedelta(days=61))
    assert prune_drafts() == 1
    assert Draft.objects.get() == new
