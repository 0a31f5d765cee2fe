"""Who is reminded of a follow-up plan and when (RF-5)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from coordination.actors.actor import system
from coordination.notices.models import Notice
from coordination.notices.services.delivery import drain_mail
from reflection.models import Rtl
from reflection.services.rtl_reminders import remind_of_rtl
from tests.kombel.make import make_antar, make_kombel, make_leader

from .make import make_session, make_undangan

DUE = date(2026, 11, 4)  # a Wednesday


@pytest.fixture
def plans(cast):
    """Two communities of one session owe their plan."""
    session = make_session(rtl_due_on=DUE, state="selesai")
    found = []
    for kombel, leader in ((make_kombel(), "penggerak"), (make_antar(), "guru")):
        make_leader(kombel, leader)
        letter = make_undangan(session, kombel, state="hadir")
        found.append(Rtl.objects.create(undangan=letter, path=letter.path, due_on=DUE))
    return found


def run(first, last):
    found = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        with system():
            rows = remind_of_rtl(now=datetime(day.year, day.month, day.day, 1, tzinfo=UTC))
        if sent := sorted(row.step for row in rows if row.outcome == "sent"):
            found[day] = sent
    return found


def told(kind):
    return set(Notice.objects.filter(kind=kind, channel="app").values_list("user__username", flat=True))


def test_a_plan_that_does_not_come_is_asked_for_before_and_after_and_the_upt_hears_once(plans):
    assert run(date(2026, 10, 25), date(2026, 12, 10)) == {
        date(2026, 10, 30): ["rtl_3", "rtl_3"],  # 1 November is a Sunday
        date(2026, 11, 5): ["rtl_late_1", "rtl_late_1"],
        date(2026, 11, 9): ["rtl_late_3"],  # the 7th is a Saturday
    }
    assert told("rtl_reminder") == {"penggerak", "guru"}
    assert told("rtl_missing") == {"upt_jabar"}
    title = Notice.objects.filter(kind="rtl_missing").first().title
    assert title == "2 RTL dari sesi Refleksi Contoh Depok belum masuk, batasnya Rabu, 4 November 2026"


def test_who_has_sent_the_plan_is_left_alone_and_the_count_says_so(plans):
    now = datetime(2026, 11, 1, tzinfo=UTC)
    Rtl.objects.filter(pk=plans[0].pk).update(state="dikirim", sent_at=now)
    run(date(2026, 10, 25), date(2026, 12, 10))
    assert told("rtl_reminder") == {"guru"}
    assert Notice.objects.filter(kind="rtl_missing").first().context["count"] == 1


def test_a_reminder_still_in_the_ledger_when_the_plan_is_sent_is_not_mailed(plans):
    run(date(2026, 10, 30), date(2026, 10, 30))
    Rtl.objects.update(state="dikirim", sent_at=datetime(2026, 10, 30, 2, tzinfo=UTC))
    Notice.objects.update(expires_at=None)
    drain_mail()
    assert mail.outbox == []
    assert set(Notice.objects.filter(channel="mail").values_list("reason", flat=True)) == {"settled"}
