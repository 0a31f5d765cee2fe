"""Takes SKP from the ledger to e-Kinerja: one row at a time, claimed and committed before anything leaves.

    menunggu → dikirim (lease) → diterima | menunggu (later) | gagal

A worker that dies while sending leaves a lease that runs out; the row is sent again under the same key, by which
the receiver knows what it has already. `attempts`, counted at the claim, tells a late worker's answer from a new one's.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.actors.actor import system

from ..connectors.ekinerja import RECEIVER, Answer, Endpoint, Verdict, send
from ..models import Plan, SkpDelivery
from ..selectors.skp import skp_of
from .news_skp import tell_failed, tell_received

State = SkpDelivery.State
TRIES = 10
BACKOFF = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 120, 240, 360)]
LONGEST = BACKOFF[-1]
BUDGET = 40.0


@dataclass
class Dispatched:
    """What one drain did; `stopped` says why it ended before the ledger was empty."""

    received: int = 0
    later: int = 0
    refused: int = 0
    stopped: str = ""


def drain_skp(*, budget: float = BUDGET) -> Dispatched:
    """Send what is due until nothing is left, the receiver is not reached, or `budget` seconds are over.

    Without a configured address nothing is asked of the database. Opens scopes of its own; several at once share
    the work. Raises ValueError for an unsafe address.
    """
    done, end = Dispatched(), monotonic() + budget
    endpoint = Endpoint.configured()
    if endpoint is None:
        done.stopped = "no address"
        return done
    recover_leases()
    while not done.stopped:
        if monotonic() > end:
            done.stopped = "budget"
            break
        claimed = _claim(endpoint)
        if claimed is None:
            break
        _deliver(endpoint, claimed, done)
    return done


def recover_leases(now: datetime | None = None) -> int:
    """Give back what a lost worker was sending; returns how many rows."""
    now = now or timezone.now()
    with system():
        lost = SkpDelivery.objects.filter(state=State.DIKIRIM, leased_until__lt=now)
        held = list(lost.select_for_update(skip_locked=True, of=("self",)).select_related("plan__period", "owner"))
        for one in held:
            _later(one, Answer(Verdict.LATER, problem=_("Pengiriman terputus sebelum dijawab."), mend=RECEIVER), now)
        return len(held)


def _claim(endpoint: Endpoint) -> SkpDelivery | None:
    """Take the next due row under a lease, committed before anything else happens; None when there is none."""
    with system():
        now = timezone.now()
        due = SkpDelivery.objects.filter(state=State.MENUNGGU, next_at__lte=now).order_by("next_at", "id")
        one = due.select_for_update(skip_locked=True, of=("self",)).first()
        if one is None:
            return None
        one.state, one.attempts = State.DIKIRIM, one.attempts + 1
        # Connecting and answering may each take the whole timeout.
        one.leased_until = now + timedelta(seconds=2 * endpoint.timeout + 60)
        one.save(update_fields=["state", "attempts", "leased_until"])
        return one


def _deliver(endpoint: Endpoint, claimed: SkpDelivery, done: Dispatched) -> None:
    body = payload(claimed)
    answer = send(endpoint, key=claimed.key, body=body, timestamp=int(timezone.now().timestamp()))
    record(claimed, answer)
    setattr(done, answer.verdict.value, getattr(done, answer.verdict.value) + 1)
    if answer.down:
        # Nobody else's SKP shall lose an attempt to an outage: one row asks each minute whether it is over.
        done.stopped = answer.problem


def payload(delivery: SkpDelivery) -> bytes:
    """What is sent: the SKP's JSON, the same at every attempt (its day of printing is the day it was asked for)."""
    with system():
        plan = Plan.objects.select_related("owner", "period").get(pk=delivery.plan_id)
        skp = skp_of(plan, printed_at=delivery.asked_at)
    return json.dumps(skp.as_json(), ensure_ascii=False, separators=(",", ":")).encode()


def record(claimed: SkpDelivery, answer: Answer) -> None:
    """Write down what an attempt came to; a late answer of a lost lease changes nothing unless it is a receipt."""
    now = timezone.now()
    with system():
        rows = SkpDelivery.objects.filter(pk=claimed.pk, state__in=[State.DIKIRIM, State.MENUNGGU])
        held = rows.select_for_update(of=("self",)).select_related("plan__period", "owner").first()
        if held is None:
            return
        if answer.verdict is Verdict.RECEIVED:
            _received(held, answer, now)
        elif held.state == State.DIKIRIM and held.attempts == claimed.attempts:
            if answer.verdict is Verdict.REFUSED:
                _failed(held, answer)
            else:
                _later(held, answer, now)


def _received(held: SkpDelivery, answer: Answer, now: datetime) -> None:
    held.state, held.receipt, held.sent_at, held.status = State.DITERIMA, answer.receipt, now, answer.status
    held.problem = held.mend = ""
    held.leased_until = held.next_at = None
    held.save()
    tell_received(delivery=held)


def _failed(held: SkpDelivery, answer: Answer) -> None:
    held.state, held.status = State.GAGAL, answer.status
    held.problem, held.mend = answer.problem[:300], answer.mend
    held.leased_until = held.next_at = None
    held.save()
    tell_failed(delivery=held)


def _later(held: SkpDelivery, answer: Answer, now: datetime) -> None:
    if held.attempts >= TRIES:
        _failed(held, answer)
        return
    wait = max(BACKOFF[held.attempts - 1], min(answer.after or timedelta(0), LONGEST))
    held.state, held.status, held.next_at = State.MENUNGGU, answer.status, now + wait
    held.problem, held.mend, held.leased_until = answer.problem[:300], answer.mend, None
    held.save()
