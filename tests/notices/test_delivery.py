"""Each way an e-mail can fail, on a real mail server: what is tried again, given up, or left to a person."""

import socket
from dataclasses import replace
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.utils import timezone

from coordination.actors.actor import system
from coordination.actors.models import Role, User
from coordination.actors.tenancy.scope import SYSTEM, current
from coordination.notices import kinds
from coordination.notices.audience import Audience
from coordination.notices.kinds import kind_for
from coordination.notices.models import Notice, Preference, State
from coordination.notices.models.notices import TRANSITIONS
from coordination.notices.services import notify
from coordination.notices.services.delivery import BACKOFF, drain_mail, recover_leases
from coordination.notices.tasks import drain
from ikm_portal.faults import postbox
from ikm_portal.faults.postbox import Postbox

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def post(settings):
    with Postbox() as post:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", post.port
        settings.EMAIL_TIMEOUT = 0.3
        yield post


@pytest.fixture
def letter(cast):
    notify(actor=None, kind="announcement", period="uji", to=Audience(roles=(Role.PUSAT_ADMIN,)), subject="Kabar")
    return Notice.objects.get(channel="mail")


def after(letter, **expected):
    letter.refresh_from_db()
    found = {name: getattr(letter, name) for name in expected}
    assert found == expected
    return letter


def test_a_mail_that_is_accepted_is_sent_once_with_the_rows_own_message_id(post, letter):
    drain()
    drain()
    assert after(letter, state="sent", attempts=1, reason="").sent_at
    [message] = post.accepted
    assert message["Message-ID"] == letter.message_id
    assert message["To"] == "admin@contoh.id"
    assert message["Auto-Submitted"] == "auto-generated"


def test_another_mail_server_takes_it_too(settings, letter):
    class Keep:
        seen = []

        async def handle_DATA(self, server, session, envelope):  # noqa: N802
            self.seen.append(envelope)
            return "250 OK"

    controller = Controller(Keep(), hostname="127.0.0.1", port=closed_port())
    controller.start()
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    try:
        drain_mail()
    finally:
        controller.stop()
    assert [envelope.rcpt_tos for envelope in Keep.seen] == [["admin@contoh.id"]]
    assert letter.message_id.encode() in Keep.seen[0].content


def test_a_busy_mailbox_is_tried_again_later_and_longer_each_time(post, letter):
    post.mode = postbox.REFUSE_LATER
    for attempt, pause in enumerate(BACKOFF[:2], start=1):
        before = timezone.now()
        assert drain_mail().later == 1
        after(letter, state="pending", attempts=attempt, reason="450 4.2.1 Mailbox busy")
        assert letter.due_at >= before + pause
        Notice.objects.update(due_at=before)
    post.mode = postbox.OK
    drain_mail()
    after(letter, state="sent", attempts=3, reason="")


def test_after_the_last_attempt_it_ends_as_failed_with_the_servers_words(post, letter):
    post.mode = postbox.REFUSE_LATER
    Notice.objects.update(attempts=len(BACKOFF))
    drain_mail()
    after(letter, state="failed", reason="450 4.2.1 Mailbox busy")


def test_an_address_that_does_not_exist_fails_at_once_and_stops_nobody_else(post, letter):
    post.mode = postbox.REFUSE_FOR_EVER
    assert drain_mail().stopped == ""
    after(letter, state="failed", attempts=1, reason="550 5.1.1 No such user here")


@pytest.mark.parametrize("mode", [postbox.HANG_AT_START, postbox.HANG_AT_RECIPIENT, postbox.CLOSING])
def test_a_server_in_trouble_before_the_message_holds_it_back_and_ends_the_drain(post, letter, mode):
    post.mode = mode
    assert drain_mail().stopped
    assert after(letter, state="pending").reason
    assert post.accepted == []


@pytest.mark.parametrize("mode", [postbox.HANG_AFTER_MESSAGE, postbox.DROP_AFTER_MESSAGE])
def test_a_server_that_does_not_answer_the_message_leaves_it_doubtful_and_it_is_never_resent(post, letter, mode):
    post.mode = mode
    drain_mail()
    after(letter, state="doubtful")
    post.mode = postbox.OK
    drain_mail()
    assert len(post.accepted) == 1


def test_a_server_that_is_away_costs_no_attempt(settings, letter):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", closed_port()
    for _turn in range(3):
        assert "refused" in drain_mail().stopped
    after(letter, state="pending", attempts=0)


def test_a_lost_claim_comes_back_and_a_lost_sending_is_flagged(letter):
    Notice.objects.filter(pk=letter.pk).update(state="claimed", lease_until=timezone.now() + timedelta(seconds=9))
    assert recover_leases() == (0, 0)
    Notice.objects.filter(pk=letter.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert recover_leases() == (1, 0)
    Notice.objects.filter(pk=letter.pk).update(state="sending", lease_until=timezone.now() - timedelta(seconds=1))
    assert recover_leases() == (0, 1)
    after(letter, state="doubtful")


def test_what_is_not_due_yet_waits_and_what_has_expired_is_skipped(letter):
    Notice.objects.update(due_at=timezone.now() + timedelta(hours=1))
    drain_mail()
    after(letter, state="pending")
    Notice.objects.update(due_at=timezone.now(), expires_at=timezone.now())
    drain_mail()
    after(letter, state="skipped", reason="expired")


def test_a_closed_account_gets_no_mail(letter):
    User.objects.filter(pk=letter.user_id).update(is_active=False)
    drain_mail()
    after(letter, state="skipped", reason="no-address")


def test_a_text_that_cannot_be_written_fails_alone(letter):
    Notice.objects.filter(pk=letter.pk).update(subject="Kabar %(hilang)s")
    drain_mail()
    after(letter, state="failed", reason="KeyError: 'hilang'")


def test_who_chose_english_is_written_to_in_english(letter):
    Preference.objects.create(user=letter.user, language="en")
    Notice.objects.update(subject="%(due)s", context={"due": {"date": "2026-11-05"}})
    drain_mail()
    assert mail.outbox[0].subject == "[Portal IKM] Thursday, 5 November 2026"


def test_the_transition_table_holds_every_state_and_ends_only_where_it_says():
    assert set(TRANSITIONS) == set(State)
    assert {state for state, nexts in TRANSITIONS.items() if not nexts} == {State.SENT, State.SKIPPED}


def test_a_kind_that_no_longer_holds_is_asked_in_the_portals_own_scope(letter, monkeypatch):
    asked = []
    kind = replace(kind_for("announcement"), holds=lambda notice: asked.append(current()))
    monkeypatch.setitem(kinds._kinds, "announcement", kind)
    drain_mail()
    assert asked == [SYSTEM]
    after(letter, state="skipped", reason="settled")


def test_a_drain_that_finds_everything_done_opens_no_connection(settings, cast):
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = SMTP, closed_port()
    done = drain_mail()
    assert (done.sent, done.stopped) == (0, "")
    with system():
        assert not Notice.objects.exists()
