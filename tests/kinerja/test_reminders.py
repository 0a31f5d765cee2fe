"""Who is reminded of a plan and when: each person once a step and period, at 08.00 where the school is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coordination.actors.actor import system
from coordination.actors.models import Membership
from coordination.notices.models import Notice, Reminder
from kinerja.models import Evidence, Observation, Period, Plan, Sweep, belongs
from kinerja.services import reminders
from kinerja.services.reminders import remind_of_plans
from kinerja.tasks import plan_reminders
from tests.cast import make_person

from .plans import NEXT, approved, drafted, rated, submitted

pytestmark = pytest.mark.usefixtures("in_november")


def at(day, hour_utc=1, minute=0):
    return datetime(day.year, day.month, day.day, hour_utc, minute, tzinfo=UTC)


def tick(now):
    with system():
        return [row.step for row in remind_of_plans(now=now) if row.outcome == "sent"]


def run(first, last):
    for number in range((last - first).days + 1):
        tick(at(first + timedelta(days=number)))


def told(step, **more):
    rows = Notice.objects.filter(channel="app", period__contains=f":{step}:", **more)
    return sorted(rows.values_list("user__username", flat=True))


def days_of(user):
    """What one person was told of their plan, in order."""
    rows = Notice.objects.filter(user__username=user, kind="plan_reminder", channel="app").order_by("id")
    return [row.period.split(":")[2] for row in rows]


@pytest.fixture
def no_other_period(cast):
    """Only the first half of 2027: planning opens on Monday 2 November 2026 and is due on Sunday 31 January."""
    Period.objects.exclude(code=NEXT).delete()


@pytest.mark.usefixtures("no_other_period")
def test_a_teacher_without_a_plan_is_reminded_of_each_step_once_and_weekends_move_what_lies_before(cast):
    found = {}
    for number in range(100):
        day = date(2026, 10, 30) + timedelta(days=number)
        for hour in (1, 2):
            if steps := [step for step in tick(at(day, hour)) if step.startswith("plan_")]:
                found.setdefault(day, set()).update(steps)
    assert found == {
        date(2026, 11, 2): {"plan_opens"},
        date(2027, 1, 22): {"plan_7"},
        date(2027, 1, 28): {"plan_3"},
        date(2027, 1, 29): {"plan_1"},
        date(2027, 1, 31): {"plan_0"},
        date(2027, 2, 3): {"plan_late"},
    }
    assert days_of("guru") == ["plan_opens", "plan_7", "plan_3", "plan_1", "plan_0", "plan_late"]
    assert days_of("kepsek_balikpapan") == days_of("guru")
    assert days_of("penggerak") == days_of("operator") == days_of("dinas_depok") == []


@pytest.mark.usefixtures("no_other_period")
def test_who_has_sent_a_plan_hears_nothing_and_who_has_a_draft_does(cast):
    submitted(cast, code=NEXT)
    drafted(cast, owner="kepsek", code=NEXT)
    tick(at(date(2027, 1, 29)))
    assert "guru" not in told("plan_1")
    assert "kepsek" in told("plan_1")


@pytest.mark.usefixtures("no_other_period")
def test_after_days_without_a_beat_the_most_urgent_step_is_sent_and_the_others_are_recorded(cast):
    tick(at(date(2027, 1, 31)))
    assert days_of("guru") == ["plan_0"]
    skipped = Reminder.objects.filter(topic__startswith="kinerja:plan:", reason="overtaken", topic__endswith="Jakarta")
    assert sorted(skipped.values_list("step", flat=True)) == ["plan_1", "plan_3", "plan_7", "plan_opens"]


@pytest.mark.usefixtures("no_other_period")
def test_eight_in_the_morning_is_eight_at_the_school(cast):
    make_person("guru_papua", "guru", "99000007")
    tick(at(date(2027, 1, 30), 23, 30))
    assert told("plan_0") == ["guru_papua"]
    tick(at(date(2027, 1, 31), 0, 30))
    assert told("plan_0") == ["guru_papua", "kepsek_balikpapan"]
    tick(at(date(2027, 1, 31), 1, 30))
    assert told("plan_0") == ["guru", "guru_papua", "kepsek", "kepsek_balikpapan", "kepsek_smk"]


@pytest.mark.usefixtures("no_other_period")
def test_people_are_told_in_batches_over_several_minutes_and_nobody_twice(cast, monkeypatch):
    monkeypatch.setattr(reminders, "BATCH", 3)
    monkeypatch.setattr(reminders, "BATCHES", 1)
    for number in range(10):
        make_person(f"guru_{number}", "guru", "99000002" if number % 2 else "99000004")
    counts = []
    for minute in range(8):
        tick(at(date(2027, 1, 31), 1, minute))
        counts.append(len(told("plan_0")))
    assert counts == [3, 6, 9, 12, 13, 14, 14, 14]
    assert len(set(told("plan_0"))) == 14
    assert not Sweep.objects.exists()


@pytest.mark.usefixtures("no_other_period")
def test_a_step_that_was_not_told_to_all_gives_way_to_the_next(cast, monkeypatch):
    monkeypatch.setattr(reminders, "BATCHES", 0)
    tick(at(date(2027, 1, 29)))
    assert told("plan_1") == []
    monkeypatch.setattr(reminders, "BATCHES", 5)
    tick(at(date(2027, 1, 31)))
    assert told("plan_1") == []
    assert "guru" in told("plan_0")


@pytest.mark.usefixtures("no_other_period")
def test_an_e_mail_still_in_the_ledger_is_dropped_once_the_plan_is_sent(cast):
    tick(at(date(2027, 1, 29)))
    submitted(cast, code=NEXT)
    mail = Notice.objects.get(kind="plan_reminder", channel="mail", user__username="guru")
    other = Notice.objects.get(kind="plan_reminder", channel="mail", user__username="kepsek")
    with system():
        assert not _holds(mail)
        assert _holds(other)


def _holds(notice):
    from coordination.notices.kinds import kind_for

    return kind_for(notice.kind).holds(notice)


def test_a_plan_that_waits_is_spoken_of_on_the_fourth_and_the_eighth_day_and_a_weekend_moves_it(cast):
    plan = submitted(cast)
    # Sent on a Tuesday evening: the fourth day is a Saturday, the eighth a Wednesday.
    Plan.objects.filter(pk=plan.pk).update(submitted_at=datetime(2026, 11, 10, 15, tzinfo=UTC))
    found = {}
    tick(at(date(2026, 11, 9)))
    for number in range(12):
        day = date(2026, 11, 10) + timedelta(days=number)
        before = Notice.objects.filter(kind="decision_reminder", channel="app").count()
        tick(at(day))
        tick(at(day, 5))
        if Notice.objects.filter(kind="decision_reminder", channel="app").count() > before:
            found[day] = Notice.objects.filter(kind="decision_reminder", channel="app").latest("id").user.username
    assert found == {date(2026, 11, 16): "kepsek", date(2026, 11, 18): "kepsek"}
    rows = Notice.objects.filter(kind="decision_reminder", channel="mail")
    with system():
        assert all(_holds(row) for row in rows)
    Plan.objects.filter(pk=plan.pk).update(state="draf")
    with system():
        assert not any(_holds(row) for row in rows)


def test_what_days_without_a_beat_left_out_is_told_together_on_the_first_day_after(cast):
    tick(at(date(2026, 11, 9)))
    plan = submitted(cast)
    Plan.objects.filter(pk=plan.pk).update(submitted_at=datetime(2026, 11, 10, 3, tzinfo=UTC))
    tick(at(date(2026, 11, 17)))
    assert Notice.objects.filter(kind="decision_reminder", channel="app").count() == 1
    tick(at(date(2026, 11, 18)))
    assert Notice.objects.filter(kind="decision_reminder", channel="app").count() == 2


def test_an_observation_without_an_agreed_day_is_spoken_of_to_both_sides(cast):
    plan = approved(cast)
    Observation.objects.filter(plan=plan).delete()
    run(date(2026, 10, 28), date(2026, 11, 4))
    assert told("observe_60") == ["guru"]
    assert told("observe_ks_60") == ["kepsek"]


def test_an_agreed_observation_is_not_spoken_of(cast):
    plan = approved(cast)
    Observation.objects.filter(plan=plan).delete()
    Observation.objects.create(**belongs(plan), state="disepakati", held_on=date(2026, 12, 1))
    run(date(2026, 10, 28), date(2026, 11, 4))
    assert told("observe_60") == told("observe_ks_60") == []


def test_missing_evidence_is_asked_for_twice_before_assessment_opens(cast):
    plan = approved(cast)
    run(date(2026, 11, 10), date(2026, 11, 20))
    assert told("evidence_14") == ["guru"]
    for item in plan.planitems.all():
        Evidence.objects.create(
            **belongs(plan), item=item, kind="catatan", title="Bukti", note="Ada.", done_on=date(2026, 9, 1),
            added_by=plan.owner,
        )  # fmt: skip
    run(date(2026, 11, 21), date(2026, 12, 2))
    assert told("evidence_3") == []


def test_a_principal_is_reminded_of_ratings_until_there_is_nothing_left_to_rate(cast):
    plan = approved(cast)
    run(date(2027, 1, 4), date(2027, 1, 15))
    assert [told(step) for step in ("rate_7", "rate_1", "rate_0")] == [["kepsek"]] * 3
    Plan.objects.filter(pk=plan.pk).update(state="dinilai", predicate="baik", rated_at=timezone.now())
    run(date(2027, 1, 16), date(2027, 1, 20))
    assert told("rate_late") == []


def test_the_end_of_the_objection_window_is_said_two_days_before_unless_one_has_responded(cast):
    rated(cast, state="dinilai")
    Plan.objects.update(rated_at=datetime(2026, 11, 11, 3, tzinfo=UTC))
    tick(at(date(2026, 11, 10)))
    found = []
    for number in range(10):
        tick(at(date(2026, 11, 11) + timedelta(days=number)))
        found.append(Notice.objects.filter(kind="objection_reminder", channel="app").count())
    # The window ends on Wednesday the 18th.
    assert found == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    assert Notice.objects.get(kind="objection_reminder", channel="app").user.username == "guru"


def test_a_tick_with_nothing_new_costs_the_same_whatever_there_is(cast):
    def statements():
        with CaptureQueriesContext(connection) as seen:
            tick(at(date(2027, 1, 29), 4))
        return len(seen)

    tick(at(date(2027, 1, 29), 3))
    one = statements()
    for number in range(20):
        make_person(f"guru_{number}", "guru", "99000002")
    assert statements() == one
    assert one <= 20


def test_who_has_left_is_not_reminded(cast):
    Membership.objects.filter(user__username="guru").update(until=date(2027, 1, 1))
    tick(at(date(2027, 1, 29)))
    assert "guru" not in told("plan_1")


def test_the_task_runs_in_the_portals_own_scope(cast):
    plan_reminders()
    plan_reminders()
