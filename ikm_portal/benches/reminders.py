"""Notices sent while workers, broker and database are killed: what is lost, doubled, and flagged as doubtful.

Starts servers of its own, because it kills them. See docs/reliability.md.
"""

import time
from functools import partial

from ikm_portal.faults import postbox
from ikm_portal.faults.rig import Rig, rig

ROWS = 4000
KILLS = 8


def run(rows: int | None) -> dict:
    """Send `rows` e-mails (4,000) through eight kills of the worker and one each of broker and database."""
    rows = rows or ROWS
    with rig() as house:
        quiet = _undisturbed(house, rows)
        house.clean()
        begun = time.monotonic()
        _disturbed(house, rows)
        broken = time.monotonic() - begun
        found = house.verdict()
    return {
        "rows": rows,
        "kills": {"worker": KILLS, "broker": 1, "database": 1},
        "seconds": {"undisturbed": round(quiet, 1), "disturbed": round(broken, 1)},
        "mails_per_second": round(rows / quiet, 1),
        **found,
        "ratios": [
            _share("hilang", found["lost"], rows, 0),
            _share("ganda", found["doubled"], rows, 0),
            # Each kill can leave at most one e-mail in the hands of the one that was killed.
            _share("belum pasti", found["doubtful"], rows, (KILLS + 1) / rows),
            {"name": "lama dengan gangguan", "value": broken, "base": quiet, "unit": "s", "ratio": broken / quiet},
        ],
    }


def _undisturbed(house: Rig, rows: int) -> float:
    house.tell(rows)
    house.start_worker()
    house.hint()
    house.wait(lambda: len(house.post.accepted) > 0)
    begun, already = time.monotonic(), len(house.post.accepted)
    house.wait(lambda: _go_on(house), patience=600)
    house.stop()
    return (time.monotonic() - begun) * rows / max(rows - already, 1)


def _reached(house: Rig, count: int) -> bool:
    return len(house.post.accepted) >= count


def _disturbed(house: Rig, rows: int) -> None:
    house.tell(rows, period="gangguan")
    for kill in range(1, KILLS + 1):
        worker = house.start_worker()
        house.hint(3)
        if kill % 2:
            # Every other kill comes between the message and the server's answer.
            house.wait(partial(_reached, house, kill * rows // 12), patience=120)
            house.post.mode = postbox.HANG_AFTER_MESSAGE
            seen = len(house.post.accepted)
            house.wait(partial(_reached, house, seen + 1))
        else:
            house.wait(partial(_reached, house, kill * rows // 12), patience=120)
        house.kill(worker)
        house.post.mode = postbox.OK
        if kill == KILLS // 2:
            house.flush_broker()
            house.restart(house.valkey)
    house.start_worker()
    house.hint()
    house.wait(lambda: len(house.post.accepted) >= rows * 3 // 4, patience=120)
    house.restart(house.postgres)
    house.pass_leases()
    for _beat in range(2):
        house.start_beat()
    house.wait(lambda: _go_on(house), patience=600)


def _go_on(house: Rig) -> bool:
    """Ask for another drain when the last one's time was over; True when nothing is left."""
    left = house.on_their_way()
    if left:
        house.hint()
        time.sleep(1)
    return not left


def _share(name: str, count: int, rows: int, at_most: float) -> dict:
    return {"name": name, "value": count, "base": rows, "unit": "surel", "ratio": count / rows, "at_most": at_most}
