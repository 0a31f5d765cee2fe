"""Takes e-mails from the ledger to the mail server: one row at a time, each step committed before the next.

    pending → claimed (lease) → sending → sent | pending (later) | failed | doubtful

A worker that dies with a claimed row has sent nothing: the lease runs out and the row is pending again. One
that dies while sending may have sent: the row becomes doubtful, and a person decides.
"""

import smtplib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID, uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from coordination.actors.actor import system

from ..channels.mail import render
from ..channels.outcome import SENT, Outcome, Verdict, outcome_of
from ..channels.smtp import open_backend
from ..kinds import kind_for
from ..models import Channel, Notice, State

CLAIM = timedelta(seconds=60)
# Longer than an SMTP dialogue of eight answers, each just within EMAIL_TIMEOUT.
SENDING = timedelta(seconds=150)
BACKOFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440)]
BUDGET = 50.0


@dataclass
class Drained:
    """What one drain did, by verdict; `stopped` says why it ended before the ledger was empty."""

    sent: int = 0
    later: int = 0
    never: int = 0
    doubt: int = 0
    skipped: int = 0
    stopped: str = ""
    worker: UUID = field(default_factory=uuid4)


def drain_mail(*, budget: float = BUDGET) -> Drained:
    """Send what is due until nothing is left, the server is in trouble or `budget` seconds are over.

    Opens scopes of its own, so call it outside of any. Several at once share the work.
    """
    done = Drained()
    end = monotonic() + budget
    recover_leases()
    post = _Post()
    try:
        while not done.stopped:
            if monotonic() > end:
                done.stopped = "budget"
                break
            notice = _claim(done.worker)
            if notice is None:
                break
            _deliver(notice, post, done)
    finally:
        post.close()
    return done


def recover_leases(now: datetime | None = None) -> tuple[int, int]:
    """Give back what a lost worker had claimed, and flag what it was sending; returns both counts."""
    now = now or timezone.now()
    with system():
        lost = Notice.objects.filter(lease_until__lt=now)
        # Locked rows are in living hands.
        claimed = lost.filter(state=State.CLAIMED).select_for_update(skip_locked=True).values("pk")
        back = Notice.objects.filter(pk__in=claimed).update(state=State.PENDING, lease_until=None, claimed_by=None)
        sending = lost.filter(state=State.SENDING).select_for_update(skip_locked=True).values("pk")
        flagged = Notice.objects.filter(pk__in=sending).update(
            state=State.DOUBTFUL, lease_until=None, reason="the sender was lost while sending"
        )
    return back, flagged


class _Post:
    """The connection to the mail server, opened at the first e-mail and again after a fault."""

    def __init__(self) -> None:
        self._backend: BaseEmailBackend | None = None

    def open(self) -> Outcome | None:
        """None when the connection stands, else the fault."""
        if self._backend is None:
            try:
                self._backend = open_backend()
            except OSError as error:
                return Outcome(Verdict.LATER, f"{type(error).__name__}: {error}"[:500], breaks=True)
        return None

    def send(self, message: EmailMessage) -> Outcome:
        backend = self._backend
        if backend is None:
            raise RuntimeError("open() first")
        try:
            backend.send_messages([message])
        except OSError as error:
            outcome = outcome_of(error, in_doubt=getattr(backend, "in_doubt", False))
            if not isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
                self.close()
            return outcome
        except ValueError as error:
            # An address or text that cannot be put into a message; nothing has left.
            return Outcome(Verdict.NEVER, f"{type(error).__name__}: {error}"[:500])
        return SENT

    def close(self) -> None:
        backend, self._backend = self._backend, None
        if backend is not None:
            try:
                backend.close()
            except OSError:
                # The server is gone; what it had accepted it has accepted.
                pass


def _claim(worker: UUID) -> Notice | None:
    """Take the next due row under a lease, committed before anything else happens; None when there is none."""
    with system():
        now = timezone.now()
        notice = (
            Notice.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("user")
            .filter(channel=Channel.MAIL, state=State.PENDING, due_at__lte=now)
            .order_by("due_at", "id")
            .first()
        )
        if notice is None:
            return None
        notice.state, notice.claimed_by, notice.lease_until = State.CLAIMED, worker, now + CLAIM
        notice.save(update_fields=["state", "claimed_by", "lease_until"])
        return notice


def _deliver(notice: Notice, post: _Post, done: Drained) -> None:
    try:
        message = _prepare(notice)
    except (LookupError, TypeError, ValueError) as error:
        # A text that cannot be written must not stand in the way of everybody else's.
        reason = f"{type(error).__name__}: {error}"[:500]
        _move(notice, State.CLAIMED, done.worker, state=State.FAILED, reason=reason)
        done.never += 1
        return
    if isinstance(message, str):
        _move(notice, State.CLAIMED, done.worker, state=State.SKIPPED, reason=message)
        done.skipped += 1
        return
    fault = post.open()
    if fault is not None:
        # The server is away. That is no attempt of this row's, so an outage of days fails nobody.
        _move(notice, State.CLAIMED, done.worker, state=State.PENDING, reason=fault.reason)
        done.stopped = fault.reason
        return
    lease = timezone.now() + SENDING
    if not _move(notice, State.CLAIMED, done.worker, keep=True, state=State.SENDING, lease_until=lease):
        return
    outcome = post.send(message)
    _record(notice, outcome, done)
    if outcome.breaks:
        done.stopped = outcome.reason


def _prepare(notice: Notice) -> EmailMessage | str:
    """The e-mail, or in one word why there is none to send."""
    if notice.expires_at and notice.expires_at <= timezone.now():
        return "expired"
    if not notice.user.is_active or not notice.user.email:
        return "no-address"
    with system():
        holds = kind_for(notice.kind).holds
        return render(notice) if holds is None or holds(notice) else "settled"


def _record(notice: Notice, outcome: Outcome, done: Drained) -> None:
    tries = notice.attempts + 1
    changes: dict = {"attempts": tries, "reason": outcome.reason}
    if outcome.verdict is Verdict.SENT:
        changes |= {"state": State.SENT, "sent_at": timezone.now()}
    elif outcome.verdict is Verdict.DOUBT:
        changes |= {"state": State.DOUBTFUL}
    elif outcome.verdict is Verdict.NEVER or tries > len(BACKOFF):
        changes |= {"state": State.FAILED}
    else:
        changes |= {"state": State.PENDING, "due_at": timezone.now() + BACKOFF[tries - 1]}
    # If the lease ran out meanwhile the row may stand as doubtful: this sender knows better.
    _move(notice, [State.SENDING, State.DOUBTFUL], done.worker, **changes)
    name = outcome.verdict.value
    setattr(done, name, getattr(done, name) + 1)


def _move(notice: Notice, found: str | list[str], worker: UUID, *, keep: bool = False, **changes) -> bool:
    """Change a row's state if it is still this worker's; committed at once."""
    if not keep:
        changes |= {"lease_until": None, "claimed_by": None}
    states = found if isinstance(found, list) else [found]
    with system():
        rows = Notice.objects.filter(pk=notice.pk, claimed_by=worker, state__in=states)
        return rows.update(**changes) == 1
