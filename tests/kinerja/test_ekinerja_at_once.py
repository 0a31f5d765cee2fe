"""Real processes and real transactions: killed in the middle, and two workers at the same moment."""

import os
import signal
import subprocess
import sys
from threading import Barrier, Thread
from urllib.parse import quote

import pytest
from django.db import connection, connections
from django.utils import timezone

from kinerja.models import Plan, SkpDelivery
from kinerja.services.deliveries import send_skp
from kinerja.services.dispatch import drain_skp
from tests.cast import Cast

from .plans import rated
from .receiver import SECRET, keep_and_hang, receiving

pytestmark = pytest.mark.usefixtures("in_november")
LEFT_BEHIND = "kinerja_plan, kinerja_tally, kinerja_tallychange, notices_notice, actors_change"
DRAIN = "import django; django.setup(); from kinerja.services.dispatch import drain_skp; drain_skp()"


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """The cast on a database where everything is committed; swept afterwards."""
    with django_db_blocker.unblock():
        try:
            yield Cast()
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f"TRUNCATE {LEFT_BEHIND} CASCADE")
            connections.close_all()


@pytest.fixture
def receiver(settings):
    with receiving() as server:
        settings.EKINERJA_URL, settings.EKINERJA_SECRET, settings.EKINERJA_TIMEOUT = server.url, SECRET, 5
        yield server


def queued(cast, owner="guru", decider="kepsek") -> SkpDelivery:
    plan = rated(cast, owner, decider)
    Plan.objects.filter(pk=plan.pk).update(nip="198001012005011001")
    with cast.actor(owner).entered() as actor:
        return send_skp(actor=actor, plan=plan)


def worker(url: str) -> subprocess.Popen:
    """A process of its own that drains the ledger of the test's database."""
    found = connection.settings_dict
    login = f"{quote(found['USER'])}:{quote(found['PASSWORD'])}@" if found["PASSWORD"] else f"{quote(found['USER'])}@"
    database = f"postgresql://{login}/{found['NAME']}?host={quote(found['HOST'])}"
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "ikm_portal.settings.test",
        "DATABASE_URL": f"{database}&port={found['PORT']}" if found["PORT"] else database,
        "IKM_EKINERJA_URL": url,
        "IKM_EKINERJA_SECRET": SECRET,
    }
    return subprocess.Popen([sys.executable, "-c", DRAIN], env=env)


def test_a_worker_killed_while_sending_leaves_a_row_that_is_sent_again_as_the_same_skp(committed, receiver):
    receiver.script = [keep_and_hang]
    delivery = queued(committed)
    process = worker(receiver.url)
    try:
        assert receiver.seen.wait(30), "the worker never sent"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("dikirim", 1)
    assert drain_skp().received == 0
    SkpDelivery.objects.update(leased_until=timezone.now())
    drain_skp()
    delivery.refresh_from_db()
    assert delivery.state == "menunggu"
    SkpDelivery.objects.update(next_at=timezone.now())
    drain_skp()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.status) == ("diterima", 2, 409)
    assert receiver.asked == [str(delivery.key)] * 2
    assert len(receiver.kept) == 1


def test_two_workers_at_once_deliver_each_skp_once(committed, receiver):
    for owner, decider in (("guru", "kepsek"), ("kepsek", "dinas_depok"), ("kepsek_smk", "dinas_jabar")):
        queued(committed, owner, decider)
    gate = Barrier(2)

    def work() -> None:
        gate.wait(10)
        try:
            drain_skp()
        finally:
            connections.close_all()

    threads = [Thread(target=work) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(receiver.asked) == sorted(str(one.key) for one in SkpDelivery.objects.all())
    assert set(SkpDelivery.objects.values_list("state", "attempts")) == {("diterima", 1)}
