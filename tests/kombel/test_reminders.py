"""Who is reminded of a kombel and when (KB-12): each thing once, at 08.00 where the kombel is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coordination.actors.actor import system
from coordination.notices.models import Notice, Reminder
from coordination.notices.services.delivery import drain_mail
from kombel.models import Kombel, Meeting
from kombel.services.reminders import remind_of_kombel
from kombel.tasks import plan_reminders

from .make import make_antar, make_kombel, make_leader, make_meeting, many

MONDAY = date(2026, 11, 16)


def at(day, hour_utc=1, minute=0):
    return datetime(day.year, day.month, day.day, hour_utc, minute, tzinfo=UTC)


def tick(now):
    with system():
        return [row.step for row in remind_of_kombel(now=now) if row.outcome == "sent" and row.step != "silent_week"]


def run(first, last):
    found = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if steps := tick(at(day)):
            found[day] = steps
    return found


def told(kind):
    return set(Notice.objects.filter(kind=kind, channel="app").values_list("user__username", flat=True))


@pytest.fixture
def kombel(cast):
    found = make_kombel(last_meeting=date(2026, 10, 20))
    make_leader(found, "penggerak")
    return found


@pytest.fixture
def planned(kombel):
    found = make_meeting(kombel, date(2026, 11, 14), state="rencana", documented_at=None, present=None)
    Kombel.objects.update(quiet_since=date(2026, 11, 13))
    return found


def test_a_meeting_that_was_not_documented_is_asked_for_twice(planned):
    assert run(date(2026, 11, 10), date(2026, 12, 1)) == {
        date(2026, 11, 15): ["note_1"],
        date(2026, 11, 21): ["note_7"],
    }
    assert told("kombel_note") == {"penggerak"}


def test_a_meeting_that_was_documented_is_not_asked_for(planned):
    Meeting.objects.update(state="tercatat", documented_at=at(date(2026, 11, 14)), present=5)
    assert run(date(2026, 11, 10), date(2026, 12, 1)) == {}


def test_a_reminder_still_in_the_ledger_when_the_meeting_is_documented_is_not_mailed(planned):
    tick(at(date(2026, 11, 15)))
    Meeting.objects.update(state="tercatat", documented_at=at(date(2026, 11, 15)), present=5)
    Notice.objects.update(expires_at=None)
    drain_mail()
    assert mail.outbox == []
    assert Notice.objects.get(channel="mail").reason == "settled"


def test_silence_is_spoken_of_before_and_after_the_threshold_and_again_only_after_a_meeting(kombel):
    assert run(date(2026, 10, 20), date(2026, 12, 20)) == {
        date(2026, 11, 13): ["silent_soon"],
        date(2026, 11, 20): ["silent"],
    }
    make_meeting(kombel, date(2026, 12, 21))
    assert run(date(2026, 12, 21), date(2027, 1, 30)) == {
        date(2027, 1, 14): ["silent_soon"],
        date(2027, 1, 21): ["silent"],
    }
    assert told("kombel_silent") == {"penggerak"}


def test_a_kombel_that_fell_silent_long_ago_gets_one_reminder_and_one_recorded_as_skipped(cast):
    make_leader(make_kombel(last_meeting=date(2026, 10, 10)), "penggerak")
    assert tick(at(MONDAY)) == ["silent"]
    assert Reminder.objects.get(step="silent_soon").reason == "overtaken"


def test_a_kombel_without_a_leader_with_an_account_is_recorded_and_nobody_is_told(cast):
    make_kombel(last_meeting=date(2026, 10, 10))
    assert tick(at(MONDAY)) == []
    assert Reminder.objects.get(step="silent").reason == "nobody"


def test_eight_in_the_morning_is_eight_where_the_kombel_is(cast):
    for npsn in ("99000001", "99000005", "99000007"):
        make_leader(make_kombel(npsn, last_meeting=date(2026, 10, 14)), "penggerak")

    _decide(at(date(2026, 11, 13), 22))
    found = [
        {row.path[:2] for row in _decide(at(date(2026, 11, 13), 23, 30)) if row.step == "silent"},
        {row.path[:2] for row in _decide(at(date(2026, 11, 14), 0, 30)) if row.step == "silent"},
        {row.path[:2] for row in _decide(at(date(2026, 11, 14), 1, 30)) if row.step == "silent"},
    ]
    assert found == [{"91"}, {"64"}, {"32"}]


def _decide(now):
    with system():
        return remind_of_kombel(now=now)


def test_each_monday_the_offices_that_answer_hear_how_many_are_silent(cast):
    make_kombel("99000001", last_meeting=date(2026, 10, 1))
    make_antar(last_meeting=date(2026, 10, 1))
    make_kombel("99000003", name="Kombel SMK", last_meeting=date(2026, 10, 1))
    make_kombel("99000005", name="Kombel Balikpapan", last_meeting=date(2026, 11, 15))
    for hour in (1, 2, 3):
        tick(at(MONDAY, hour))
    rows = Notice.objects.filter(kind="kombel_silent_week", channel="app")
    assert {row.user.username: row.context["count"] for row in rows} == {
        "dinas_depok": 2,
        "dinas_jabar": 1,
        "upt_jabar": 3,
        "pmp_jabar": 3,
    }
    title = rows.get(user__username="dinas_depok").title
    assert title == "2 komunitas senyap lebih dari 30 hari di wilayah Dinas Pendidikan Kota Depok"
    tick(at(MONDAY + timedelta(days=7)))
    assert rows.all().count() == 8


def test_a_tick_with_nothing_new_costs_the_same_whatever_there_is(cast):
    def statements():
        with CaptureQueriesContext(connection) as seen:
            tick(at(MONDAY, 4))
        return len(seen)

    many(1, start=date(2026, 10, 10))
    tick(at(MONDAY, 3))
    one = statements()
    many(20, npsn="99000002", start=date(2026, 10, 1))
    tick(at(MONDAY, 3))
    assert statements() == one


def test_the_task_runs_in_the_portals_own_scope(cast):
    plan_reminders()
    plan_reminders()
