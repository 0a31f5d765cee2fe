"""Who is reminded of a report and when (RF-9): each exactly once, in the office's own time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from coordination.actors.actor import system
from coordination.actors.models import Membership, Organisation
from coordination.notices.calendar import WorkCalendar
from coordination.notices.models import Holiday, Notice, Reminder
from coordination.notices.services.delivery import drain_mail
from reflection.models import Cycle, Obligation
from reflection.reminders import timeline
from reflection.services.cycles import generate_cycles
from reflection.services.reminders import remind_of_reports
from reflection.tasks import plan_ahead, plan_reminders

DUE = date(2026, 11, 15)  # a Sunday


@pytest.fixture
def owed(cast):
    """Three UPT, one in each time zone, owe the report of September–Oktober 2026."""
    with system():
        generate_cycles(until=date(2026, 10, 1), today=date(2026, 9, 20))
    return {one.organisation.code: one for one in Obligation.objects.select_related("organisation", "cycle")}


def at(day, hour_utc, minute=0):
    return datetime(day.year, day.month, day.day, hour_utc, minute, tzinfo=UTC)


def tick(now):
    with system():
        return [row.step for row in remind_of_reports(now=now) if row.outcome == "sent"]


def told(step):
    rows = Notice.objects.filter(channel="app", period__contains=f":{step}:")
    return set(rows.values_list("user__username", flat=True))


def run(first, last):
    """Tick at 08.00 WIB of each day; the steps sent, by day."""
    found = {}
    day = first
    while day <= last:
        if steps := tick(at(day, 1)):
            found[day] = steps
        day += timedelta(days=1)
    return found


def only(owed, code="bbgp_jabar"):
    Obligation.objects.exclude(pk=owed[code].pk).delete()
    return owed[code]


def test_the_whole_course_of_a_report_that_never_comes(owed):
    only(owed)
    assert run(date(2026, 8, 30), date(2027, 1, 15)) == {
        date(2026, 9, 1): ["opens"],
        date(2026, 11, 6): ["due_7"],  # the 8th is a Sunday
        date(2026, 11, 12): ["due_3"],
        date(2026, 11, 13): ["due_1"],  # the 14th is a Saturday
        date(2026, 11, 15): ["due_0"],
        date(2026, 11, 16): ["late_1"],
        date(2026, 11, 18): ["late_3"],
        date(2026, 11, 19): ["missing"],
    }


def test_each_step_reaches_its_people_and_no_other_upt(owed):
    one = only(owed)
    run(date(2026, 8, 30), date(2026, 12, 1))
    assert told("opens") == told("due_0") == told("late_1") == {"upt_jabar"}
    assert told("late_3") == told("missing") == {"upt_jabar", "upt_jabar_head"}
    summary = Notice.objects.get(kind="report_missing", channel="app")
    assert summary.user.username == "admin"
    assert summary.title == "1 UPT (WIB) belum mengirim laporan September–Oktober 2026"
    assert str(one.organisation) in summary.text


def test_where_there_is_no_coordinator_the_head_hears_and_where_there_is_nobody_it_is_recorded(owed):
    only(owed)
    Membership.objects.filter(user__username="upt_jabar").update(until=date(2026, 2, 1))
    tick(at(date(2026, 9, 1), 1))
    assert told("opens") == {"upt_jabar_head"}
    Membership.objects.filter(user__username="upt_jabar_head").update(until=date(2026, 2, 1))
    assert tick(at(date(2026, 11, 6), 1)) == []
    assert Reminder.objects.get(step="due_7").reason == "nobody"


def test_pusat_gets_one_summary_of_all_who_are_missing_in_a_time_zone(owed):
    Organisation.objects.filter(code="bgp_kaltim").update(wilayah="32")
    run(date(2026, 11, 1), date(2026, 12, 1))
    said = Notice.objects.filter(kind="report_missing", channel="app")
    texts = [one.text for one in said]
    assert {one.title.partition(" belum")[0] for one in said} == {"2 UPT (WIB)", "1 UPT (WIT)"}
    assert len(texts) == 2
    assert "Masa tenggang sudah habis. Belum mengirim: BBGP Jawa Barat, BGP Kalimantan Timur." in texts


def test_ticking_every_hour_and_twice_at_once_says_each_thing_once(owed):
    now = at(date(2026, 11, 10), 0)
    sent = []
    while now < at(date(2026, 11, 20), 0):
        sent += tick(now) + tick(now)
        now += timedelta(hours=1)
    assert sorted(sent) == sorted(["due_7", "due_3", "due_1", "due_0", "late_1", "late_3", "missing"] * 3)


def test_eight_in_the_morning_is_eight_where_the_office_stands(owed):
    moments = {
        code: next(t.at for t in timeline(one, WorkCalendar()) if t.step == "due_0") for code, one in owed.items()
    }
    assert {code: moment.astimezone(UTC) for code, moment in moments.items()} == {
        "bbgp_jabar": at(DUE, 1),
        "bgp_kaltim": at(DUE, 0),
        "bgp_papua": at(DUE - timedelta(days=1), 23),
    }


def test_who_has_sent_the_report_is_reminded_no_more(owed):
    one = only(owed)
    Obligation.objects.filter(pk=one.pk).update(submitted_at=at(date(2026, 11, 10), 3))
    assert run(date(2026, 11, 11), date(2026, 12, 1)) == {}


def test_a_reminder_still_in_the_ledger_when_the_report_is_sent_is_not_mailed(owed):
    one = only(owed)
    tick(at(date(2026, 11, 12), 1))
    Obligation.objects.filter(pk=one.pk).update(submitted_at=at(date(2026, 11, 12), 2))
    Notice.objects.update(expires_at=None)
    drain_mail()
    assert mail.outbox == []
    assert set(Notice.objects.filter(channel="mail").values_list("state", "reason")) == {("skipped", "settled")}


def test_after_three_days_without_beat_only_the_most_urgent_step_is_sent_and_the_rest_recorded(owed):
    only(owed)
    assert run(date(2026, 11, 6), date(2026, 11, 6)) == {date(2026, 11, 6): ["due_7"]}
    assert tick(at(date(2026, 11, 15), 6)) == ["due_0"]
    skipped = Reminder.objects.filter(outcome="skipped", step__startswith="due").values_list("step", "reason")
    assert set(skipped) == {("due_3", "overtaken"), ("due_1", "overtaken")}


def test_a_step_that_is_no_longer_true_is_recorded_and_not_sent(owed):
    only(owed)
    tick(at(date(2026, 11, 13), 2))
    # Sunday 15 November has ended in Bandung; Monday's 08.00 has not come yet.
    assert tick(at(date(2026, 11, 15), 20)) == []
    assert Reminder.objects.get(step="due_0").get_reason_display() == "sudah tidak berlaku"
    assert tick(at(date(2026, 11, 16), 1)) == ["late_1"]


def test_a_holiday_moves_the_steps_before_the_due_day_to_the_last_working_day(owed):
    only(owed)
    for day in (11, 12, 13):
        Holiday.objects.create(date=date(2026, 11, day), name="Libur contoh")
    found = run(date(2026, 11, 6), date(2026, 11, 16))
    # Both fall on the 10th, so the more urgent of the two is sent.
    assert found[date(2026, 11, 10)] == ["due_1"]
    assert Reminder.objects.get(step="due_3").reason == "overtaken"


def test_a_holiday_of_another_province_moves_nothing(owed):
    only(owed)
    Holiday.objects.create(date=date(2026, 11, 12), name="Libur contoh", wilayah_id="64")
    assert run(date(2026, 11, 9), date(2026, 11, 12)) == {date(2026, 11, 9): ["due_7"], date(2026, 11, 12): ["due_3"]}


def test_overdue_steps_each_take_a_working_day_of_their_own(owed):
    one = only(owed)
    friday = date(2026, 11, 13)
    Obligation.objects.filter(pk=one.pk).update(due_on=friday)
    assert run(friday, date(2026, 11, 20)) == {
        friday: ["due_0"],
        date(2026, 11, 16): ["late_1"],
        date(2026, 11, 17): ["late_3"],
        date(2026, 11, 18): ["missing"],
    }


def test_grace_days_put_off_only_what_pusat_hears(owed):
    one = only(owed)
    one.cycle.grace_days = 7
    one.cycle.save()
    found = run(date(2026, 11, 16), date(2026, 11, 30))
    assert found == {
        date(2026, 11, 16): ["late_1"],
        date(2026, 11, 18): ["late_3"],
        date(2026, 11, 23): ["missing"],
    }


def test_a_day_moved_by_a_circular_gets_its_steps_anew(owed):
    one = only(owed)
    run(date(2026, 9, 1), date(2026, 11, 13))
    Obligation.objects.filter(pk=one.pk).update(due_on=date(2026, 11, 30))
    assert run(date(2026, 11, 14), date(2026, 11, 30)) == {
        date(2026, 11, 23): ["due_7"],
        date(2026, 11, 27): ["due_1"],  # the 29th is a Sunday, so due_3 falls on the same day
        date(2026, 11, 30): ["due_0"],
    }


def test_the_reminder_reads_well(owed):
    only(owed)
    tick(at(date(2026, 11, 12), 1))
    Notice.objects.update(expires_at=None)
    drain_mail()
    [message] = mail.outbox
    assert message.to == ["upt_jabar@contoh.id"]
    assert message.subject == (
        "[Portal IKM] Laporan September–Oktober 2026 BBGP Jawa Barat belum terkirim: "
        "batas kirim Minggu, 15 November 2026"
    )
    assert "Yth. Upt Jabar," in message.body


def test_planning_ahead_makes_cycles_and_days_off_once(cast):
    plan_ahead()
    made = (Cycle.objects.count(), Obligation.objects.count(), Holiday.objects.count())
    plan_ahead()
    assert all(made)
    assert (Cycle.objects.count(), Obligation.objects.count(), Holiday.objects.count()) == made
    plan_reminders()
    assert Reminder.objects.filter(step="opens").exists()
