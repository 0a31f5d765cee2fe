"""The observation cycle through HTTP: whose turn it is, what locks a step, and who may not even see it."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coordination.actors.actor import Acting
from coordination.notices.models import Notice
from kinerja.models import Observation, Plan

from .plans import approved, drafted, rated, submitted

pytestmark = pytest.mark.usefixtures("in_november")
DAY = date(2026, 11, 23)


def at(plan) -> str:
    return f"/kinerja/rencana/{plan.pk}/observasi/"


def version_of(plan) -> int:
    found = Observation.objects.filter(plan=plan).first()
    return found.version if found else 0


def take(client, plan, step, **given):
    given = {"version": version_of(plan), "token": uuid4(), **given}
    return client.post(at(plan), {"step": step, **given})


def propose(client, plan, day=DAY, **given):
    return take(client, plan, "propose", held_on=day.isoformat(), starts="09:00", place="Kelas 4A", **given)


def on(monkeypatch, day):
    monkeypatch.setattr(Acting, "today", lambda acting: day)


def rubric(plan, day=DAY, score=2) -> dict:
    focus = plan.rules.indicator(plan.indicator).focus
    given = {f"score_{number}": score for number in range(1, len(focus) + 1)}
    return {**given, "note_1": "Terlihat pada menit ke-10.", "observed_on": day.isoformat(), "observer_note": "Baik."}


def prepared(cast, plan):
    propose(cast.guru, plan)
    take(cast.kepsek, plan, "agree")
    take(cast.kepsek, plan, "prepare", preparation="Tujuan: pecahan.")


def test_teacher_and_principal_walk_the_whole_cycle(cast, monkeypatch):
    plan = approved(cast)
    assert propose(cast.guru, plan).status_code == 302
    assert take(cast.kepsek, plan, "agree").status_code == 302
    assert take(cast.kepsek, plan, "prepare", preparation="Tujuan: pecahan.").status_code == 302
    on(monkeypatch, DAY)
    assert take(cast.kepsek, plan, "observe", **rubric(plan)).status_code == 302
    assert take(cast.kepsek, plan, "follow", follow_up="Perbanyak pertanyaan.").status_code == 302
    assert take(cast.guru, plan, "improve", improvement="Mencoba kartu tanya.").status_code == 302
    assert take(cast.guru, plan, "reflect", reflection="Murid lebih berani.").status_code == 302
    found = Observation.objects.get(plan=plan)
    assert (found.state, found.version, found.observed_by.username) == ("selesai", 7, "kepsek")
    assert found.rubric["1"]["score"] == 2
    assert found.rubric["1"]["focus"] == plan.rules.indicator(plan.indicator).focus[0]
    page = cast.guru.get(at(plan)).text
    for words in ("Tujuan: pecahan.", "Dilakukan dan efektif", "Terlihat pada menit ke-10.", "Murid lebih berani."):
        assert words in page
    assert '<form method="post" novalidate' not in page


def test_the_principal_may_propose_too_and_nobody_agrees_to_their_own_day(cast):
    plan = approved(cast)
    assert propose(cast.kepsek, plan).status_code == 302
    own = take(cast.kepsek, plan, "agree")
    assert own.status_code == 400
    assert "Tanggal disepakati oleh pihak yang tidak mengusulkannya." in own.text
    assert "Sepakati tanggal ini" in cast.guru.get(at(plan)).text
    assert "Sepakati tanggal ini" not in cast.kepsek.get(at(plan)).text
    assert take(cast.guru, plan, "agree").status_code == 302


def test_another_day_can_be_proposed_until_the_observation_and_asks_for_agreement_anew(cast):
    plan = approved(cast)
    prepared(cast, plan)
    assert propose(cast.guru, plan, date(2026, 12, 1)).status_code == 302
    found = Observation.objects.get(plan=plan)
    assert (found.state, found.held_on, found.preparation) == ("diusulkan", date(2026, 12, 1), "Tujuan: pecahan.")


@pytest.mark.parametrize("step", ["prepare", "observe", "follow"])
def test_a_teacher_does_not_note_what_is_the_principals(cast, step):
    plan = approved(cast)
    prepared(cast, plan)
    given = {"preparation": "x", "follow_up": "x", **rubric(plan)}
    assert take(cast.guru, plan, step, **given).status_code == 403


@pytest.mark.parametrize("step", ["improve", "reflect"])
def test_a_principal_does_not_write_what_is_the_teachers(cast, step):
    plan = approved(cast)
    assert take(cast.kepsek, plan, step, improvement="x", reflection="x").status_code == 403


def test_a_step_out_of_turn_is_refused_with_the_states_it_needs(cast):
    plan = approved(cast)
    answer = take(cast.guru, plan, "reflect", reflection="Terlalu dini.")
    assert answer.status_code == 400
    assert "hanya terbuka pada keadaan: Upaya perbaikan dicatat" in answer.text
    assert not Observation.objects.filter(plan=plan).exists()


def test_an_unknown_step_is_refused(cast):
    assert take(cast.guru, approved(cast), "batalkan").status_code == 400


@pytest.mark.parametrize("day", [date(2026, 6, 30), date(2027, 1, 1)])
def test_a_day_outside_the_plan_is_refused_and_what_was_typed_stays(cast, day):
    plan = approved(cast)
    answer = propose(cast.guru, plan, day)
    assert answer.status_code == 400
    assert "Tanggal itu di luar rencana ini (1 Juli 2026 sampai 31 Desember 2026)." in answer.text
    assert 'value="Kelas 4A"' in answer.text


def test_the_rubric_is_not_filled_before_the_day_and_no_day_is_invented(cast, monkeypatch):
    plan = approved(cast)
    prepared(cast, plan)
    early = take(cast.kepsek, plan, "observe", **rubric(plan))
    assert early.status_code == 400
    assert "Rubrik diisi pada atau sesudah hari observasi, 23 November 2026." in cast.kepsek.get(at(plan)).text
    on(monkeypatch, date(2026, 11, 24))
    assert take(cast.kepsek, plan, "observe", **rubric(plan, date(2026, 11, 25))).status_code == 400
    assert take(cast.kepsek, plan, "observe", **rubric(plan, date(2026, 11, 22))).status_code == 400
    assert take(cast.kepsek, plan, "observe", **rubric(plan, date(2026, 11, 24))).status_code == 302


def test_every_focus_behaviour_needs_a_level_of_the_packs_scale(cast, monkeypatch):
    plan = approved(cast)
    prepared(cast, plan)
    on(monkeypatch, DAY)
    without = {name: value for name, value in rubric(plan).items() if name != "score_1"}
    assert take(cast.kepsek, plan, "observe", **without).status_code == 400
    answer = take(cast.kepsek, plan, "observe", **{**rubric(plan), "score_1": "7"})
    assert answer.status_code == 400
    assert "Terlihat pada menit ke-10." in answer.text


def test_an_old_window_gets_both_versions_and_a_double_click_one_step(cast):
    plan = approved(cast)
    token = uuid4()
    assert propose(cast.guru, plan, token=token, version=0).status_code == 302
    assert propose(cast.guru, plan, token=token, version=0).status_code == 302
    assert version_of(plan) == 1
    answer = propose(cast.kepsek, plan, date(2026, 12, 3), version=0)
    assert answer.status_code == 409
    assert "3 Desember 2026" in answer.text
    assert "23 November 2026" in answer.text


@pytest.mark.parametrize("make", [drafted, submitted, rated])
def test_only_a_running_plan_is_observed(cast, make):
    plan = make(cast)
    answer = propose(cast.guru, plan, version=version_of(plan))
    assert answer.status_code == 400


def test_a_principals_own_plan_is_observed_by_the_dinas(cast, monkeypatch):
    plan = approved(cast, owner="kepsek", by="dinas_depok")
    assert propose(cast.kepsek, plan).status_code == 302
    assert cast.guru.get(at(plan)).status_code == 404
    assert take(cast.dinas_depok, plan, "agree").status_code == 302
    assert take(cast.dinas_depok, plan, "prepare", preparation="Supervisi.").status_code == 302
    on(monkeypatch, DAY)
    assert take(cast.dinas_depok_head, plan, "observe", **rubric(plan)).status_code == 302
    assert take(cast.kepsek, plan, "follow", follow_up="Diri sendiri.").status_code == 403


def test_nobody_else_sees_an_observation(cast):
    plan = approved(cast)
    for name in ("operator", "penggerak", "kepsek_smk", "kepsek_balikpapan", "dinas_depok", "pengawas", "upt_jabar",
                 "pusat", "admin", "mitra", "outsider"):  # fmt: skip
        client = cast.client(name)
        assert client.get(at(plan)).status_code in {403, 404}, name
        assert client.post(at(plan), {"step": "propose"}).status_code in {403, 404}, name
    assert cast.anonymous.get(at(plan)).status_code == 302


def test_the_other_side_is_told_of_dates_notes_and_reflection(cast, monkeypatch):
    plan = approved(cast)
    Notice.objects.all().delete()
    propose(cast.guru, plan)
    told = Notice.objects.get(kind="observation_date", channel="app")
    assert (told.user.username, told.url) == ("kepsek", at(plan))
    take(cast.kepsek, plan, "agree")
    assert Notice.objects.filter(kind="observation_date", channel="app", user__username="guru").count() == 1
    take(cast.kepsek, plan, "prepare", preparation="Tujuan.")
    on(monkeypatch, DAY)
    take(cast.kepsek, plan, "observe", **rubric(plan))
    assert Notice.objects.get(kind="observation_noted", channel="app").user.username == "guru"
    take(cast.kepsek, plan, "follow", follow_up="x")
    take(cast.guru, plan, "improve", improvement="x")
    take(cast.guru, plan, "reflect", reflection="x")
    assert Notice.objects.get(kind="observation_reflected", channel="app").user.username == "kepsek"


def test_the_dinas_is_told_about_a_principals_own_plan(cast):
    plan = approved(cast, owner="kepsek", by="dinas_depok")
    propose(cast.kepsek, plan)
    told = Notice.objects.filter(kind="observation_date", channel="app").values_list("user__username", flat=True)
    assert set(told) == {"dinas_depok", "dinas_depok_head"}


def test_the_list_of_a_principal_shows_their_school_and_who_is_late(cast, monkeypatch):
    plan = approved(cast)
    approved(cast, owner="kepsek_smk", by="dinas_jabar")
    page = cast.kepsek.get("/kinerja/observasi/").text
    assert "Guru" in page
    assert "Belum dijadwalkan" in page
    assert "Kepsek Smk" not in page
    prepared(cast, plan)
    assert ">Terlambat</span>" not in cast.kepsek.get("/kinerja/observasi/").text
    on(monkeypatch, date(2026, 11, 24))
    assert ">Terlambat</span>" in cast.kepsek.get("/kinerja/observasi/").text
    assert "Kepsek Smk" in cast.dinas_jabar.get("/kinerja/observasi/").text
    for name in ("guru", "operator", "pusat", "upt_jabar", "pengawas"):
        assert cast.client(name).get("/kinerja/observasi/").status_code == 403


def more_plans(plan: Plan, count: int) -> None:
    from coordination.actors.models import User

    for number in range(count):
        name = f"guru{number}"
        plan.pk, plan.owner = None, User.objects.create(username=name, email=f"{name}@contoh.id", name=name)
        plan.save(force_insert=True)


def test_the_list_asks_the_same_with_one_plan_and_with_twenty(cast):
    plan = approved(cast)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert cast.kepsek.get("/kinerja/observasi/").status_code == 200
        return len(found)

    asked()
    one = asked()
    more_plans(plan, 19)
    assert asked() == one


def test_the_timeline_asks_a_bounded_number_of_things(cast, django_assert_max_num_queries):
    plan = approved(cast)
    prepared(cast, plan)
    cast.kepsek.get(at(plan))
    with django_assert_max_num_queries(20):
        cast.kepsek.get(at(plan))
