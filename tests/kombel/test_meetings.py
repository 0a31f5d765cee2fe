"""Documenting meetings, the short reflection and silence (KB-3, KB-4, KB-12, KB-13)."""

import gzip
from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client

from coordination.actors.models import User
from kombel.models import Attendance, Cluster, Kombel, Meeting, MeetingReflection
from kombel.selectors import reflections_between
from tests.asked import asked
from tests.cast import make_person

from .make import make_antar, make_kombel, make_leader, make_meeting, make_members

TODAY = date(2026, 11, 5)


@pytest.fixture
def kombel(cast, on):
    on(TODAY)
    found = make_kombel()
    make_leader(found, "penggerak")
    return found


def record(client, kombel, **more):
    given = {"held_on": TODAY, "topic": "Asesmen awal", "mode": "luring", "present": 7, "token": uuid4(), **more}
    return client.post(f"/kombel/{kombel.pk}/pertemuan/baru/", given)


def test_a_penggerak_documents_a_meeting_and_reflects_on_it(cast, kombel):
    members = make_members(kombel, 3)
    response = record(
        cast.penggerak, kombel, starts="13:00", ends="14:30", members=[members[0].pk, members[1].pk], notes="Ramai"
    )
    meeting = Meeting.objects.get()
    assert response.url == f"/kombel/pertemuan/{meeting.pk}/refleksi/"
    assert (meeting.present, meeting.minutes, meeting.state) == (7, 90, "tercatat")
    assert set(Attendance.objects.values_list("member_id", flat=True)) == {members[0].pk, members[1].pk}
    answer = cast.penggerak.post(
        response.url, {"went_well": "Diskusi hidup", "challenges": "Buku kurang", "version": 0}, follow=True
    )
    assert "Tersimpan. Komunitas Anda aktif sampai 5 Desember." in answer.text
    assert "Diskusi hidup" in answer.text
    assert MeetingReflection.objects.get().challenges == "Buku kurang"


def test_the_principal_documents_too_and_a_guru_does_not(cast, kombel):
    assert record(cast.kepsek, kombel).status_code == 302
    assert record(cast.guru, kombel).status_code == 403
    assert record(cast.operator, kombel).status_code == 403
    assert record(cast.dinas_depok, kombel).status_code == 403


def test_a_double_click_documents_one_meeting(cast, kombel):
    token = uuid4()
    first, second = (record(cast.penggerak, kombel, token=token) for _click in range(2))
    assert first.url == second.url
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"held_on": TODAY + timedelta(days=1)}, "harus sudah berlangsung"),
        ({"present": ""}, "Jumlah hadir belum diisi"),
        ({"starts": "14:00", "ends": "13:00"}, "Jam selesai harus sesudah jam mulai"),
        ({"topic": ""}, "wajib diisi"),
        ({"members": ["999999"]}, "999999"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(cast, kombel, given, said):
    make_members(kombel, 1)
    response = record(cast.penggerak, kombel, **given)
    assert response.status_code == 400
    assert said in response.text
    assert not Meeting.objects.exists()


def test_a_kombel_that_is_not_active_documents_nothing(cast, kombel):
    Kombel.objects.update(state="tidak_aktif", closed_on=TODAY)
    response = record(cast.penggerak, kombel)
    assert response.status_code == 400
    assert "Mintalah kepala sekolah atau Dinas mengaktifkannya" in response.text


def test_a_cluster_meets_on_its_own(cast, kombel):
    cluster = Cluster.objects.create(kombel=kombel, path=kombel.path, kind="rendah", name="Kelas 1–3")
    make_members(kombel, 2, cluster=cluster)
    record(cast.penggerak, kombel, cluster=cluster.pk)
    assert Meeting.objects.get().cluster == cluster


def test_a_planned_meeting_is_documented_later(cast, kombel, on):
    url = f"/kombel/{kombel.pk}/pertemuan/rencana/"
    plan = {"topic": "Diferensiasi", "held_on": TODAY + timedelta(days=7), "mode": "daring", "token": uuid4()}
    assert cast.penggerak.post(url, {**plan, "held_on": TODAY - timedelta(days=1)}).status_code == 400
    cast.penggerak.post(url, plan)
    meeting = Meeting.objects.get()
    assert meeting.state == "rencana"
    on(TODAY + timedelta(days=8))
    assert "Catat pertemuan: Diferensiasi" in cast.penggerak.get("/").text
    cast.penggerak.post(
        f"/kombel/pertemuan/{meeting.pk}/catat/",
        {**plan, "present": 5, "version": meeting.version, "token": uuid4()},
    )
    meeting.refresh_from_db()
    assert (meeting.state, meeting.present) == ("tercatat", 5)


def test_only_a_planned_meeting_can_be_cancelled(cast, kombel):
    done = make_meeting(kombel, TODAY)
    planned = make_meeting(kombel, TODAY, state="rencana", present=None, documented_at=None)
    assert cast.penggerak.post(f"/kombel/pertemuan/{done.pk}/batal/").status_code == 400
    assert cast.penggerak.post(f"/kombel/pertemuan/{planned.pk}/batal/").status_code == 302


def test_two_people_correcting_a_meeting_get_both_versions(cast, kombel):
    meeting = make_meeting(kombel, TODAY)
    given = {"held_on": TODAY, "mode": "luring", "present": 5, "version": meeting.version}
    url = f"/kombel/pertemuan/{meeting.pk}/catat/"
    cast.penggerak.post(url, {**given, "topic": "Topik penggerak", "token": uuid4()})
    response = cast.kepsek.post(url, {**given, "topic": "Topik kepsek", "token": uuid4()})
    assert response.status_code == 409
    assert "Topik penggerak" in response.text
    assert "Topik kepsek" in response.text


def test_two_people_writing_the_reflection_get_both_versions(cast, kombel):
    meeting = make_meeting(kombel, TODAY)
    url = f"/kombel/pertemuan/{meeting.pk}/refleksi/"
    assert cast.penggerak.post(url, {"went_well": "Satu", "version": 0}).status_code == 302
    response = cast.kepsek.post(url, {"went_well": "Dua", "version": 0})
    assert response.status_code == 409
    assert "Satu" in response.text


def test_an_empty_reflection_is_refused_with_a_way_out(cast, kombel):
    meeting = make_meeting(kombel, TODAY)
    response = cast.penggerak.post(f"/kombel/pertemuan/{meeting.pk}/refleksi/", {"challenges": "x", "version": 0})
    assert response.status_code == 400
    assert "satu kalimat sudah cukup" in response.text


def test_an_old_meeting_does_not_wake_a_silent_kombel(cast, kombel):
    response = record(cast.penggerak, kombel, held_on=TODAY - timedelta(days=40))
    answer = cast.penggerak.post(response.url, {"went_well": "Baik", "version": 0}, follow=True)
    assert "masih senyap" in answer.text


def test_correcting_the_day_moves_the_silence_back(cast, kombel):
    meeting = make_meeting(kombel, TODAY)
    given = {"topic": "Asesmen", "mode": "luring", "present": 5, "version": meeting.version, "token": uuid4()}
    cast.penggerak.post(f"/kombel/pertemuan/{meeting.pk}/catat/", {**given, "held_on": TODAY - timedelta(days=20)})
    kombel.refresh_from_db()
    assert kombel.quiet_since == kombel.last_meeting == TODAY - timedelta(days=20)


@pytest.mark.parametrize(("days", "silent"), [(29, False), (30, False), (31, True)])
@pytest.mark.parametrize(
    ("npsn", "principal"),
    [("99000001", "kepsek"), ("99000005", "kepsek_balikpapan")],
)
def test_silence_begins_after_thirty_days(cast, on, npsn, principal, days, silent):
    on(TODAY)
    kombel = make_kombel(npsn, last_meeting=TODAY - timedelta(days=days))
    page = cast.client(principal).get("/kombel/").text
    assert (f"Senyap {days} hari" in page) is silent
    listed = cast.client(principal).get("/kombel/?keadaan=senyap").text
    assert (kombel.name in listed) is silent


@pytest.mark.parametrize(
    ("person", "npsn", "word"),
    [
        ("dinas_depok", "99000001", "Aktif sampai"),
        ("dinas_balikpapan", "99000005", "Senyap 31 hari"),
        ("dinas_jayapura", "99000007", "Senyap 31 hari"),
    ],
)
def test_midnight_comes_first_in_the_east(cast, monkeypatch, person, npsn, word):
    """At 16.30 UTC on the 30th day it is still that day in WIB (23.30) and already the 31st in WITA and WIT."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2026, 10, 31, 16, 30, tzinfo=ZoneInfo("UTC")).astimezone(tz)

    monkeypatch.setattr("coordination.actors.actor.datetime", Clock)
    if person == "dinas_jayapura":
        make_person(person, "dinas_officer", "dinas_9171")
    kombel = make_kombel(npsn, last_meeting=date(2026, 10, 1))
    assert word in login(person).get(f"/kombel/{kombel.pk}/").text


def login(username):
    client = Client()
    client.force_login(User.objects.get(username=username), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def test_the_form_of_a_meeting_takes_at_most_five_statements(cast, kombel):
    url = f"/kombel/{kombel.pk}/pertemuan/baru/"
    make_members(kombel, 1)
    cast.penggerak.get(url)
    assert len(asked(cast.penggerak, url)) <= 5
    make_members(kombel, 19)
    assert len(asked(cast.penggerak, url)) <= 5


def test_the_form_of_a_meeting_is_small(cast, kombel):
    make_members(kombel, 20)
    page = cast.penggerak.get(f"/kombel/{kombel.pk}/pertemuan/baru/")
    assert len(gzip.compress(page.content)) < 10_000


def test_a_foreign_member_or_cluster_is_not_accepted(cast, kombel):
    there = make_kombel("99000005")
    make_members(kombel, 1)
    assert record(cast.penggerak, kombel, members=[make_members(there, 1)[0].pk]).status_code == 400
    assert not Attendance.objects.exists()


def test_my_meetings_lead_to_what_is_missing(cast, kombel):
    meeting = make_meeting(kombel, TODAY - timedelta(days=2))
    page = cast.penggerak.get("/kombel/pertemuan/").text
    assert f"/kombel/pertemuan/{meeting.pk}/refleksi/" in page
    assert "Belum refleksi" in page
    assert "Anda belum menjadi penggerak komunitas." in cast.guru.get("/kombel/pertemuan/").text


def test_a_upt_reads_the_reflections_of_its_area_between_two_days(cast, kombel):
    for place, text in ((kombel, "Dari Depok"), (make_kombel("99000005"), "Dari Balikpapan")):
        meeting = make_meeting(place, TODAY)
        MeetingReflection.objects.create(
            meeting=meeting, path=meeting.path, went_well=text, written_by=meeting.created_by
        )
    with cast.actor("upt_jabar").entered() as actor:
        notes = reflections_between(actor, TODAY, TODAY)
        assert [(note.kombel_name, note.went_well) for note in notes] == [(kombel.name, "Dari Depok")]
        assert reflections_between(actor, TODAY + timedelta(days=1), TODAY + timedelta(days=9)) == []


def routine(client, kombel, **more):
    given = {
        "purpose": "rutin", "every": 1, "unit": "minggu", "weekday": 2, "starts": "13:00", "ends": "14:00",
        "mode": "luring", "token": uuid4(), **more,
    }  # fmt: skip
    return client.post(f"/kombel/{kombel.pk}/jadwal/baru/", given)


def test_the_rules_inside_a_school_are_shown_with_their_reasons(cast, kombel):
    page = cast.penggerak.get(f"/kombel/{kombel.pk}/").text
    assert "Belum ada jadwal rutin." in page
    assert "Penggerak menambah jadwal “Semua guru berkumpul”." in page
    routine(cast.penggerak, kombel, ends="13:30")
    assert "Terjadwal 30 menit." in cast.penggerak.get(f"/kombel/{kombel.pk}/").text
    routine(cast.penggerak, kombel, weekday=3)
    routine(cast.penggerak, kombel, purpose="semua", every=2, unit="bulan")
    page = cast.penggerak.get(f"/kombel/{kombel.pk}/").text
    assert "Terjadwal 60 menit." in page
    assert "Terjadwal setiap 62 hari." in page


def test_a_meeting_shorter_than_an_hour_does_not_count_for_its_week(cast, kombel):
    for week in range(8):
        short = {"ends": time(13, 30)} if week == 0 else {}
        make_meeting(kombel, TODAY - timedelta(weeks=week), **short)
    assert "Tercatat pada 7 dari 8 minggu" in cast.penggerak.get(f"/kombel/{kombel.pk}/").text


def test_between_schools_a_weekly_routine_and_a_topic_ahead_are_asked_for(cast, on):
    on(TODAY)
    kombel = make_antar()
    page = cast.dinas_depok.get(f"/kombel/{kombel.pk}/").text
    assert "Belum ada pertemuan yang direncanakan." in page
    routine(cast.dinas_depok, kombel, every=2)
    make_meeting(kombel, TODAY + timedelta(days=3), state="rencana", topic="Literasi", present=None, documented_at=None)
    page = cast.dinas_depok.get(f"/kombel/{kombel.pk}/").text
    assert "Jadwal rutin baru setiap 14 hari." in page
    assert "Berikutnya: Literasi." in page
