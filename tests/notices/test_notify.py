"""What `notify` writes, to whom, and what the one who notifies learns from it."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils.translation import override

from coordination.actors.actor import nobody
from coordination.actors.models import Organisation, Role, User
from coordination.notices.audience import Audience
from coordination.notices.models import Notice, Preference
from coordination.notices.services import notify

PLACE = "32.d.76.01/99000001"


def say(actor, to, **more):
    values = {"kind": "announcement", "period": "uji", "subject": "Kabar %(nama)s", "context": {"nama": "Contoh"}}
    notify(actor=actor, to=to, **values | more)


def reached(**more):
    return set(Notice.objects.filter(channel="app", **more).values_list("user__username", flat=True))


@pytest.fixture
def as_portal_login(db):
    """Everything in the test runs as the web's own login, which owns nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL SESSION AUTHORIZATION portal_login")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL SESSION AUTHORIZATION DEFAULT; SET LOCAL ROLE portal_own")


def test_a_upt_reaches_the_admins_of_pusat_whom_it_cannot_see(cast):
    with cast.actor("upt_jabar").entered() as actor:
        say(actor, Audience(roles=(Role.PUSAT_ADMIN,)))
        assert not Notice.objects.exists()
    assert reached() == {"admin"}
    assert list(Notice.objects.values_list("channel", "state")) == [("mail", "pending"), ("app", "sent")]


def test_the_webs_own_login_can_notify_through_the_wall_but_not_read_or_write_the_ledger(cast, as_portal_login):
    with cast.actor("upt_jabar").entered() as actor:
        say(actor, Audience(roles=(Role.PUSAT_ADMIN,)))
        assert not Notice.objects.exists()
    with cast.actor("admin").entered():
        assert Notice.objects.filter(channel="app").count() == 1
    user = User.objects.get(username="admin")
    with pytest.raises(ProgrammingError, match="row-level security"), cast.actor("upt_jabar").entered():
        Notice.objects.create(user=user, kind="announcement", period="x", channel="mail", subject="x")


def test_a_caller_cannot_ask_who_the_recipients_are(cast, as_portal_login):
    with pytest.raises(ProgrammingError, match="permission denied"), cast.actor("upt_jabar").entered():
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM portal_recipients('[]'::jsonb)")


def test_somebody_who_is_not_logged_in_cannot_notify(cast, as_portal_login):
    with pytest.raises(ProgrammingError, match="nobody may not notify"), nobody():
        say(None, Audience(roles=(Role.PUSAT_ADMIN,)))


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        (Audience(roles=(Role.DINAS_OFFICER,), over=PLACE), {"dinas_depok"}),
        (Audience(roles=(Role.DINAS_OFFICER,), over="32.m.76.01/99000003"), {"dinas_jabar"}),
        (Audience(roles=(Role.UPT_COORDINATOR,), over=PLACE), {"upt_jabar", "pmp_jabar"}),
        (Audience(roles=(Role.UPT_COORDINATOR,), over="u.bbgp_jabar"), {"upt_jabar"}),
        (Audience(roles=(Role.KEPSEK, Role.GURU), path=PLACE), {"kepsek", "guru"}),
        (Audience(roles=(Role.PENGAWAS,), reaching=PLACE), {"pengawas"}),
        (Audience(roles=(Role.PUSAT_ADMIN, Role.PUSAT_READER)), {"admin", "pusat"}),
    ],
)
def test_each_audience_reaches_exactly_its_people(cast, to, expected):
    say(None, to)
    assert reached() == expected


def test_an_office_and_single_people_are_reached_once_each_and_the_actor_is_left_out(cast):
    office = Organisation.objects.get(code="bbgp_jabar")
    head = User.objects.get(username="upt_jabar_head")
    roles = (Role.UPT_HEAD, Role.UPT_COORDINATOR, Role.UPT_STAFF)
    with cast.actor("upt_jabar").entered() as actor:
        say(actor, [Audience(roles=roles, organisation=office.pk), Audience(users=(head.pk,))])
    assert reached() == {"upt_jabar_head", "upt_jabar_staff"}
    assert Notice.objects.filter(user=head).count() == 2
    assert set(Notice.objects.values_list("by_id", flat=True)) == {User.objects.get(username="upt_jabar").pk}


def test_an_ended_role_and_a_closed_account_are_not_reached(cast):
    cast.actor("admin").user.memberships.update(until="2026-01-02")
    User.objects.filter(username="pusat").update(is_active=False)
    say(None, Audience(roles=(Role.PUSAT_ADMIN, Role.PUSAT_READER)))
    assert reached() == set()


def test_saying_the_same_twice_says_it_once(cast):
    for _turn in range(2):
        say(None, Audience(roles=(Role.PUSAT_ADMIN,)))
    assert Notice.objects.count() == 2


def test_a_change_that_is_undone_takes_its_notice_along(cast):
    with cast.actor("upt_jabar").entered() as actor:
        say(actor, Audience(roles=(Role.PUSAT_ADMIN,)))
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_who_wants_no_mail_of_a_kind_still_gets_it_in_the_portal(cast):
    Preference.objects.create(user=User.objects.get(username="admin"), mail_off=["announcement"])
    say(None, Audience(roles=(Role.PUSAT_ADMIN,)))
    rows = Notice.objects.values_list("channel", "state", "reason")
    assert set(rows) == {("app", "sent", ""), ("mail", "skipped", "preference")}


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"kind": "unknown"}, LookupError),
        ({"subject": "Kabar %(lain)s"}, KeyError),
        ({"context": {"nama": object()}}, TypeError),
        ({"url": "https://contoh.id/"}, ValueError),
        ({"url": "//contoh.id/"}, ValueError),
    ],
)
def test_a_notice_that_cannot_be_written_fails_in_the_senders_hands(cast, more, error):
    with pytest.raises(error):
        say(None, Audience(roles=(Role.PUSAT_ADMIN,)), **more)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"roles": (Role.GURU,)},
        {"path": PLACE},
        {"roles": (Role.GURU,), "path": PLACE, "over": PLACE},
    ],
)
def test_an_audience_without_a_clear_place_is_refused(wrong):
    with pytest.raises(ValueError):
        Audience(**wrong)


def test_dates_are_written_in_the_readers_language(cast):

    say(
        None,
        Audience(roles=(Role.PUSAT_ADMIN,)),
        body="Batasnya %(due)s.",
        context={"nama": "", "due": date(2026, 11, 5)},
    )
    notice = Notice.objects.first()
    assert notice.text == "Batasnya Kamis, 5 November 2026."
    with override("en"):
        assert "Thursday, 5 November 2026" in notice.text
