"""The kombel list and the meeting form against a bare Django view of fifty rows, served side by side.

Requests per second and response times over real gunicorn (gthread 2 x 4, `Connection: close`), SQL statements,
bytes and requests of a visit, memory. See docs/performance.md.
"""

import json
import os
import statistics
import subprocess
import sys

from django.core.management.base import CommandError
from django.urls import reverse

from ikm_portal.measuring.data import Area, filled
from ikm_portal.measuring.servers import Servers, login_env, servers
from ikm_portal.measuring.turns import Place, by_turns
from ikm_portal.measuring.visits import Browser

ROWS = 10_000
ROUNDS = 9
SECONDS = 2.0
CONNECTIONS = 8
LEAST = 0.5
"""Of the floor's requests per second; its response time may be twice the floor's."""
STATEMENTS = {"daftar": 8, "formulir": 5}
FIRST = {"daftar": (40, 4), "formulir": (24, 3)}
"""Kilobytes of 1,024 bytes and requests of a first visit."""
REPEAT = (8, 1)
NOT_QUERIES = ("BEGIN", "COMMIT")


def run(rows: int | None) -> dict:
    """Measure with `rows` kombel (10,000) in the area of a Dinas, who also leads one of them."""
    rows = rows or ROWS
    with filled(rows) as area, servers() as both:
        pages = {"daftar": reverse("kombel:list"), "formulir": reverse("kombel:meeting_new", args=[area.kombel])}
        cookie = _log_in(both, area, pages)
        visits = _visits(both, area, pages)
        statements = _statements(cookie, pages)
        rounds = _rounds(both, pages, cookie)
        memory = both.memory()
    ratios = [one for name in pages for one in _speed(name, rounds)]
    ratios += [_limit(f"{name}: SQL", "pernyataan", len(statements[name]), STATEMENTS[name]) for name in pages]
    ratios += [one for name in pages for one in visits[name]]
    ratios.append(_against("memori web (PSS)", "MB", memory["web"]["pss"], memory["lantai"]["pss"]))
    return {
        "rows": rows,
        "cores": os.cpu_count(),
        "rounds": ROUNDS,
        "seconds": SECONDS,
        "connections": CONNECTIONS,
        "statements": statements,
        "memory": memory,
        "ratios": ratios,
    }


def _log_in(both: Servers, area: Area, pages: dict[str, str]) -> str:
    """The cookies of an officer who logged in by the form and whose pages show what they should."""
    browser = Browser(both.portal_port)
    browser.log_in(reverse("account_login"), area.username, area.password)
    texts = {name: browser.get(path) for name, path in pages.items()}
    shown = texts["daftar"].text.count('scope="row"')
    if shown != 50 or 'name="topic"' not in texts["formulir"].text:
        raise CommandError(f"Halaman tidak seperti yang diharapkan: {shown} baris, {texts['formulir'].status}.")
    return browser.cookie


def _visits(both: Servers, area: Area, pages: dict[str, str]) -> dict[str, list[dict]]:
    """Bytes and requests with an empty cache and again with what the browser kept."""
    found: dict[str, list[dict]] = {}
    for name, path in pages.items():
        browser = Browser(both.portal_port)
        browser.log_in(reverse("account_login"), area.username, area.password)
        first, again = browser.visit(path), browser.visit(path)
        found[name] = []
        for when, visit, (kilobytes, requests) in (("pertama", first, FIRST[name]), ("ulang", again, REPEAT)):
            found[name] += [
                _limit(f"{name}: kunjungan {when}", "bita", visit.bytes, kilobytes * 1024),
                _limit(f"{name}: kunjungan {when}", "permintaan", visit.requests, requests),
            ]
    return found


def _statements(cookie: str, pages: dict[str, str]) -> dict[str, list[str]]:
    command = [sys.executable, "-m", "ikm_portal.measuring.statements", cookie, *pages.values()]
    answer = subprocess.run(command, env=login_env("portal_login"), capture_output=True, text=True, check=True)
    found = json.loads(answer.stdout.splitlines()[-1])
    return {name: [sql for sql in found[path] if sql not in NOT_QUERIES] for name, path in pages.items()}


def _rounds(both: Servers, pages: dict[str, str], cookie: str) -> list[dict[str, dict]]:
    places = {"lantai": Place(both.floor_port, "/")}
    places |= {name: Place(both.portal_port, path, cookie) for name, path in pages.items()}
    return by_turns(places, rounds=ROUNDS, seconds=SECONDS, connections=CONNECTIONS)


def _speed(name: str, rounds: list[dict[str, dict]]) -> list[dict]:
    found = []
    for key, title, unit, limit in (
        ("per_second", "permintaan per detik", "/s", {"at_least": LEAST}),
        ("p95", "p95", "ms", {"at_most": 1 / LEAST}),
        ("median", "median", "ms", {}),
    ):
        ratio = statistics.median(figures[name][key] / figures["lantai"][key] for figures in rounds)
        value, base = (statistics.median(figures[place][key] for figures in rounds) for place in (name, "lantai"))
        one = {"name": f"{name}: {title}", "value": round(value, 1), "base": round(base, 1), "unit": unit}
        found.append(one | {"ratio": round(ratio, 3)} | limit)
    return found


def _limit(name: str, unit: str, value: int, most: int) -> dict:
    ratio = {"name": name, "value": value, "base": most, "unit": unit, "ratio": round(value / most, 3)}
    return ratio | {"at_most": 1.0}


def _against(name: str, unit: str, value: float, base: float) -> dict:
    return {"name": name, "value": value, "base": base, "unit": unit, "ratio": round(value / base, 3)}
