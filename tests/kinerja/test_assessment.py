"""Rating through the services: what locks it, what it needs, and that an objection keeps both versions."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from coordination.actors.actor import Acting
from coordination.actors.errors import Conflict, NotAllowed, Refusal
from coordination.notices.models import Notice
from kinerja.gates import blocks
from kinerja.models import Plan, PlanEvent
from kinerja.rules.rating import suggest
from kinerja.services.assessments import (
    Given,
    answer_objection,
    finish_plan,
    object_to_rating,
    rate_plan,
    respond,
    save_rating_draft,
)

from .plans import approved
from .rating import LAST_DAY, RATED_ON, assessment_of, given, marks, observe, on, prove, ready, reread, run_task

pytestmark = pytest.mark.usefixtures("in_november")

NINE = {
    ("atas", "atas"): "sangat_baik", ("atas", "sesuai"): "baik", ("atas", "bawah"): "kurang",
    ("sesuai", "atas"): "baik", ("sesuai", "sesuai"): "baik", ("sesuai", "bawah"): "kurang",
    ("bawah", "atas"): "butuh_perbaikan", ("bawah", "sesuai"): "butuh_perbaikan",
    ("bawah", "bawah"): "sangat_kurang",
}  # fmt: skip
"""PermenPANRB 6/2022, written down by hand."""


def rate(cast, plan: Plan, by: str = "kepsek", day: date = RATED_ON, **how) -> Plan:
    with on(day), cast.actor(by).entered() as actor:
        return rate_plan(actor=actor, plan=plan, given=given(plan, **how), version=0)


def test_before_the_assessment_opens_it_is_locked_with_the_day(cast):
    plan = reread(ready(cast))
    with on(date(2026, 11, 25)), cast.actor("kepsek").entered() as actor:
        (block,) = blocks("rate", plan, actor)
        assert "dibuka" in block.rule
        assert "Desember" in block.rule
    with on(date(2026, 12, 1)), cast.actor("kepsek").entered() as actor:
        assert blocks("rate", plan, actor) == []


def test_a_part_of_a_period_that_is_over_is_rated_before_the_period_ends(cast):
    plan = ready(cast)
    Plan.objects.filter(pk=plan.pk).update(until=date(2026, 9, 30))
    with on(date(2026, 11, 2)), cast.actor("kepsek").entered() as actor:
        assert blocks("rate", reread(plan), actor) == []


def test_without_the_whole_observation_it_is_locked_and_says_how_far_it_is(cast):
    plan = approved(cast)
    prove(plan)
    observe(plan, "diamati")
    with on(RATED_ON), cast.actor("kepsek").entered() as actor:
        (block,) = blocks("rate", reread(plan), actor)
        assert "observasi selesai" in block.rule
        assert block.facts[0][1] == "Sudah diobservasi"


def test_an_rhk_without_evidence_locks_until_the_period_ends_and_is_then_rated_below(cast):
    plan = approved(cast)
    observe(plan)
    prove(plan, but=(5,))
    with on(RATED_ON), cast.actor("kepsek").entered() as actor:
        (block,) = blocks("rate", reread(plan), actor)
        assert block.facts[0] == ("RHK tanpa bukti", "5")
        assert "di bawah ekspektasi" in block.who
        assert "31 Desember 2026" in block.who
    with on(date(2027, 1, 4)), cast.actor("kepsek").entered() as actor:
        with pytest.raises(Refusal, match="tanpa bukti"):
            rate_plan(actor=actor, plan=plan, given=given(plan), version=0)
        below = marks(plan) | {"rhk:5": {"level": "bawah", "reason": "Tidak ada bukti sampai periode berakhir."}}
        rate_plan(actor=actor, plan=plan, given=Given(below, "sesuai", "sesuai"), version=0)
    assert reread(plan).state == "dinilai"


@pytest.mark.parametrize("level", ["atas", "bawah"])
def test_above_and_below_expectation_need_a_reason(cast, level):
    plan = ready(cast)
    with pytest.raises(Refusal, match="tuliskan alasan"):
        rate(cast, plan, level=level, reason=" ")
    assert rate(cast, plan, level="sesuai", reason="").state == "dinilai"


def test_every_subject_and_both_sides_are_to_be_rated(cast):
    plan = ready(cast)
    few = {code: mark for code, mark in marks(plan).items() if code != "nilai:akuntabel"}
    with on(RATED_ON), cast.actor("kepsek").entered() as actor:
        with pytest.raises(Refusal, match="Akuntabel belum dinilai"):
            rate_plan(actor=actor, plan=plan, given=Given(few, "sesuai", "sesuai"), version=0)
        with pytest.raises(Refusal, match="keseluruhan belum dipilih"):
            rate_plan(actor=actor, plan=plan, given=Given(marks(plan), "sesuai", ""), version=0)


@pytest.mark.parametrize(("pair", "predicate"), NINE.items())
def test_the_predicate_of_all_nine_pairs_follows_the_table(cast, pair, predicate):
    plan = rate(cast, ready(cast), hasil=pair[0], perilaku=pair[1])
    assert (plan.predicate, assessment_of(plan).predicate) == (predicate, predicate)


@pytest.mark.parametrize(
    ("levels", "found"),
    [
        ("", ""), ("atas", "atas"), ("atas atas sesuai", "atas"), ("atas sesuai", "sesuai"),
        ("atas bawah", "sesuai"), ("bawah sesuai", "sesuai"), ("bawah bawah atas", "bawah"),
    ],
)  # fmt: skip
def test_the_suggestion_is_the_majority_and_the_middle_when_it_is_even(levels, found):
    assert suggest(levels.split()) == found


def test_a_draft_from_an_old_window_is_a_conflict_and_the_same_words_are_none(cast):
    plan = ready(cast)
    with on(RATED_ON), cast.actor("kepsek").entered() as actor:
        first = save_rating_draft(actor=actor, plan=plan, given=given(plan), version=0)
        assert first.version == 1
        assert save_rating_draft(actor=actor, plan=plan, given=given(plan), version=0).version == 1
        assert save_rating_draft(actor=actor, plan=plan, given=given(plan, hasil="atas"), version=1).version == 2
        with pytest.raises(Conflict):
            save_rating_draft(actor=actor, plan=plan, given=given(plan, hasil="bawah"), version=1)


def test_a_rating_in_progress_is_the_principals_alone(cast):
    plan = ready(cast)
    with on(RATED_ON), cast.actor("kepsek").entered() as actor:
        save_rating_draft(actor=actor, plan=plan, given=given(plan), version=0)
    from kinerja.models import Assessment, Rating

    with cast.actor("guru").entered() as actor:
        assert not Assessment.objects.visible_to(actor).exists()
        assert not Rating.objects.visible_to(actor).exists()


@pytest.mark.parametrize("who", ["guru", "dinas_depok", "kepsek_smk", "operator", "penggerak"])
def test_nobody_but_the_principal_rates_a_teacher(cast, who):
    plan = ready(cast)
    with pytest.raises((NotAllowed, Plan.DoesNotExist)):
        rate(cast, plan, by=who)


def test_a_principal_is_rated_by_the_dinas_and_never_by_themselves(cast):
    plan = ready(cast, owner="kepsek", by="dinas_depok")
    with pytest.raises(NotAllowed):
        rate(cast, plan, by="kepsek")
    assert rate(cast, plan, by="dinas_depok", hasil="atas", perilaku="atas").predicate == "sangat_baik"
    with on(RATED_ON), cast.actor("kepsek").entered() as actor:
        object_to_rating(actor=actor, plan=plan, reason="Ada bukti yang belum dilihat.")
    told = Notice.objects.filter(kind="plan_objected", channel="app").values_list("user__username", flat=True)
    assert set(told) == {"dinas_depok", "dinas_depok_head"}


def test_an_objection_is_made_once_and_answered_with_both_ratings_kept(cast):
    plan = rate(cast, ready(cast))
    with on(LAST_DAY), cast.actor("guru").entered() as actor:
        object_to_rating(actor=actor, plan=plan, reason="RHK 5 sudah empat kali.")
    with on(LAST_DAY), cast.actor("kepsek").entered() as actor:
        higher = given(plan, hasil="atas", perilaku="atas", level="atas")
        answer_objection(actor=actor, plan=plan, answer="Benar, sudah saya periksa.", given=higher)
    found = assessment_of(plan)
    assert (found.predicate, reread(plan).predicate, reread(plan).state) == ("sangat_baik", "sangat_baik", "dinilai")
    assert (found.before["predicate"], found.before["kept"]) == ("baik", False)
    assert found.before["ratings"]["praktik"] == {"level": "sesuai", "reason": "Terlihat di kelas."}
    with on(LAST_DAY), cast.actor("guru").entered() as actor:
        with pytest.raises(Refusal, match="satu kali"):
            object_to_rating(actor=actor, plan=plan, reason="Sekali lagi.")


def test_an_objection_may_be_answered_with_the_rating_kept(cast):
    plan = rate(cast, ready(cast))
    with on(RATED_ON), cast.actor("guru").entered() as actor:
        object_to_rating(actor=actor, plan=plan, reason="Kurang tepat.")
    with on(RATED_ON), cast.actor("kepsek").entered() as actor:
        with pytest.raises(Refusal, match="Alasan wajib"):
            answer_objection(actor=actor, plan=plan, answer=" ")
        answer_objection(actor=actor, plan=plan, answer="Penilaian tetap.")
    assert (assessment_of(plan).before["kept"], assessment_of(plan).predicate) == (True, "baik")


def test_after_the_window_there_is_no_objection(cast):
    plan = rate(cast, ready(cast))
    with on(LAST_DAY + timedelta(days=1)), cast.actor("guru").entered() as actor:
        with pytest.raises(Refusal, match="17 Desember 2026"):
            object_to_rating(actor=actor, plan=plan, reason="Terlambat.")


@pytest.mark.parametrize(("now", "open_still"), [((17, 23, 59), True), ((18, 0, 1), False)])
def test_who_acts_in_another_zone_by_now_objects_by_the_clock_of_the_school(cast, monkeypatch, now, open_still):
    plan = rate(cast, ready(cast))
    day, hour, minute = now
    moment = datetime(2026, 12, day, hour, minute, tzinfo=ZoneInfo("Asia/Jakarta"))
    monkeypatch.setattr(timezone, "now", lambda: moment)
    monkeypatch.setattr(Acting, "today", lambda acting: moment.astimezone(ZoneInfo("Asia/Jayapura")).date())
    with cast.actor("guru").entered() as actor:
        assert (blocks("object", plan, actor) == []) is open_still


def test_the_portal_finishes_a_plan_after_its_last_day_and_not_on_it(cast):
    plan = rate(cast, ready(cast))
    with on(LAST_DAY):
        assert run_task() == []
    with on(LAST_DAY + timedelta(days=1)):
        assert run_task() == [plan.pk]
        assert run_task() == []
    assert reread(plan).final_at is not None
    event = PlanEvent.objects.get(plan=plan, verb="finish")
    assert event.by is None
    assert Notice.objects.filter(user=plan.owner, kind="plan_final", channel="app").count() == 1


def test_the_last_day_ends_where_the_school_stands(cast, monkeypatch):
    plan = rate(cast, ready(cast))
    jakarta = ZoneInfo("Asia/Jakarta")
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 17, 23, 59, tzinfo=jakarta))
    assert run_task() == []
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 18, 0, 1, tzinfo=jakarta))
    assert run_task() == [plan.pk]


def test_an_objection_without_an_answer_is_not_finished_by_the_clock(cast):
    plan = rate(cast, ready(cast))
    with on(RATED_ON), cast.actor("guru").entered() as actor:
        object_to_rating(actor=actor, plan=plan, reason="Kurang tepat.")
    with on(LAST_DAY + timedelta(days=30)):
        assert run_task() == []


def test_the_owner_accepts_at_once_and_the_principal_cannot_in_their_place(cast):
    plan = rate(cast, ready(cast))
    with on(RATED_ON), cast.actor("kepsek").entered() as actor:
        with pytest.raises(Refusal, match="pemilik rencana menerimanya"):
            finish_plan(actor=actor, plan=plan)
    with on(RATED_ON), cast.actor("guru").entered() as actor:
        respond(actor=actor, plan=plan, words="Terima kasih.")
        assert finish_plan(actor=actor, plan=plan).state == "final"
        with pytest.raises(Refusal):
            respond(actor=actor, plan=plan, words="Masih ada.")
