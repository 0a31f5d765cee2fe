"""Real workers, broker, database and mail server, killed in the middle: no notice is lost or doubled.

The one thing that cannot be known, whether a mail left when its sender was killed while sending, is flagged
as doubtful and never sent again by itself. The same at 4,000 notices: `portal.py bench reminders`.
"""

import os
import signal
from pathlib import Path

import pytest

from ikm_portal.faults import postbox
from ikm_portal.faults.rig import rig

pytestmark = pytest.mark.services

COUNT = 100


@pytest.fixture(scope="module")
def servers():
    with rig(seconds_each=0.01) as built:
        yield built


@pytest.fixture
def house(servers):
    servers.clean()
    yield servers
    servers.stop()


def everything_arrived(house, count=COUNT):
    """Each e-mail is sent and arrived once, or is flagged; nothing is left over, nothing came twice."""
    found = house.verdict()
    assert (found["lost"], found["doubled"]) == (0, 0), found
    assert found["sent"] + found["doubtful"] == count, house.states()
    return found


def test_a_worker_killed_again_and_again_loses_and_doubles_nothing(house):
    house.tell(COUNT)
    house.post.mode = postbox.HANG_AFTER_MESSAGE
    arrived = 1
    for _kill in range(3):
        worker = house.start_worker()
        house.hint(3)
        house.wait(lambda arrived=arrived: len(house.post.accepted) >= arrived)
        house.kill(worker)
        house.post.mode = postbox.OK
        arrived += 20
    house.pass_leases()
    house.start_worker()
    house.hint()
    house.wait(house.settled)
    # The first kill came between the message and the server's answer, where nobody can know.
    assert 1 <= everything_arrived(house)["doubtful"] <= 3
    told = house.sql("SELECT count(*) FROM notices_notice WHERE channel = 'app' AND state = 'sent'")
    assert told == [(COUNT,)]


def test_a_process_killed_under_a_living_worker_loses_and_doubles_nothing(house):
    worker = house.start_worker()
    house.tell(COUNT)
    house.hint()
    house.wait(lambda: len(house.post.accepted) >= 20)
    children = Path(f"/proc/{worker.process.pid}/task/{worker.process.pid}/children").read_text().split()
    for child in children:
        os.kill(int(child), signal.SIGKILL)
    house.wait(lambda: len(house.post.accepted) >= COUNT - 1)
    house.pass_leases()
    house.hint()
    house.wait(house.settled)
    assert everything_arrived(house)["doubtful"] <= 1


def test_a_broker_that_forgets_everything_and_restarts_delays_the_mail_and_no_more(house):
    house.tell(COUNT)
    house.hint(20)
    house.flush_broker()
    house.start_worker()
    house.restart(house.valkey)
    # The hints are gone; beat's first tick asks the database.
    house.start_beat()
    house.wait(house.settled)
    assert everything_arrived(house)["doubtful"] == 0


def test_after_three_days_without_beat_two_beats_and_two_workers_send_everything_once(house):
    house.tell(COUNT, ago="3 days")
    for _turn in range(2):
        house.start_worker()
        house.start_beat()
    house.wait(house.settled)
    assert everything_arrived(house)["doubtful"] == 0
    # The same ticks let the real worker plan ahead in the portal's own scope, once.
    house.wait(lambda: house.sql("SELECT 1 FROM notices_holiday LIMIT 1"))
    cycles = house.sql("SELECT count(*), count(DISTINCT starts) FROM reflection_cycle")[0]
    assert cycles[0] == cycles[1] > 0


def test_a_database_that_is_killed_and_comes_back_loses_and_doubles_nothing(house):
    house.tell(COUNT)
    house.start_worker()
    house.hint()
    house.wait(lambda: len(house.post.accepted) >= 20)
    house.restart(house.postgres)
    house.pass_leases()
    house.hint(2)
    house.wait(house.settled)
    assert everything_arrived(house)["doubtful"] <= 1


def test_a_mail_server_that_hangs_holds_the_mail_back_until_it_answers_again(house):
    house.post.mode = postbox.HANG_AT_START
    house.tell(20)
    house.start_worker()
    house.hint()
    house.wait(lambda: house.sql("SELECT 1 FROM notices_notice WHERE reason <> ''"))
    assert house.states() == {"pending": 20}
    house.post.mode = postbox.OK
    house.hint()
    house.wait(house.settled)
    assert everything_arrived(house, 20)["doubtful"] == 0


def test_a_broker_that_dies_under_a_living_worker_and_beat_is_found_again(house):
    house.start_worker()
    house.start_beat()
    house.wait(lambda: house.sql("SELECT 1 FROM notices_holiday LIMIT 1"))
    house.restart(house.valkey)
    house.tell(20)
    house.hint()
    house.wait(house.settled)
    assert everything_arrived(house, 20)["doubtful"] == 0
