"""What the page of progress costs: the country against one district, and few plans against many.

Real gunicorn, as `bench pages`; floor and pages take turns. Each page is asked as it is, drawn once between two
foldings, and so that it is drawn anew every time. Also what folding costs. See docs/performance.md.
"""

import json
import os
import statistics
import subprocess
import sys
from dataclasses import replace

from django.core.management.base import CommandError
from django.urls import reverse

from ikm_portal.measuring.plans import filled
from ikm_portal.measuring.servers import Servers, login_env, servers
from ikm_portal.measuring.turns import Place, by_turns
from ikm_portal.measuring.visits import Browser

ROWS = 300_000
FEW = 100
ROUNDS = 9
SECONDS = 1.5
CONNECTIONS = 2
NATION_TO_DISTRICT = 2.0
MANY_TO_FEW = 1.5
STATEMENTS = 6
CHANGES = 1000
FOLDS = 5
ANEW = ", baru"
"""What the name of a page that is drawn anew every time ends with."""
NOT_QUERIES = ("BEGIN", "COMMIT")


def run(rows: int | None) -> dict:
    """Measure with `rows` plans (300,000) over all kab/kota; the national page costs at most 2 × a district's."""
    rows = rows or ROWS
    load = os.getloadavg()[0]
    with filled(rows) as plans, servers() as both:
        plans.grow(min(FEW, rows))
        cookies = {name: _log_in(both, *reader) for name, reader in plans.readers.items()}
        path = f"{reverse('kinerja:progress')}?periode={plans.period.code}"
        pages = {name: Place(both.portal_port, path, cookie) for name, cookie in cookies.items()}
        # A further page of the list of areas is nobody else's.
        pages |= {name + ANEW: replace(one, path=f"{path}&page=1") for name, one in pages.items()}
        few = _rounds(both, pages)
        recount = plans.grow(rows)
        many = _rounds(both, pages)
        statements = {name: _statements(one) for name, one in pages.items()}
        changes, folds = zip(*(plans.change(CHANGES) for _number in range(FOLDS)), strict=True)
        if plans.drift():
            raise CommandError("Hitungan berbeda dari hitung ulang.")
        tallies = plans.tallies()
    return {
        "rows": rows,
        "few": FEW,
        "schools": plans.schools,
        "tallies": tallies,
        "cores": os.cpu_count(),
        "load_before": round(load, 2),
        "load_after": round(os.getloadavg()[0], 2),
        "recount_seconds": round(recount, 2),
        "change_ms": round(statistics.median(changes), 1),
        "fold_ms": round(statistics.median(folds), 1),
        "statements": {name: len(found) for name, found in statements.items()},
        "ratios": [*_ratios(few, many, rows), *_limits(statements), _fold(folds, recount)],
    }


def _log_in(both: Servers, username: str, password: str) -> str:
    """The cookies of a reader who logged in by the form and whose page shows the parts of the area."""
    browser = Browser(both.portal_port)
    browser.log_in(reverse("account_login"), username, password)
    page = browser.get(reverse("kinerja:progress"))
    if page.status != 200 or "Menurut tahap" not in page.text:
        raise CommandError(f"Halaman tidak seperti yang diharapkan: {page.status}.")
    return browser.cookie


def _rounds(both: Servers, pages: dict[str, Place]) -> list[dict[str, dict]]:
    places = {"lantai": Place(both.floor_port, "/"), **pages}
    return by_turns(places, rounds=ROUNDS, seconds=SECONDS, connections=CONNECTIONS)


def _median(rounds: list[dict[str, dict]], name: str) -> float:
    return statistics.median(figures[name]["median"] for figures in rounds)


def _to_floor(rounds: list[dict[str, dict]], name: str) -> float:
    return statistics.median(figures[name]["median"] / figures["lantai"]["median"] for figures in rounds)


def _ratios(few: list, many: list, rows: int) -> list[dict]:
    found = []
    for how in ("", ANEW):
        nation, district = f"nasional{how}", f"kab/kota{how}"
        between = statistics.median(one[nation]["median"] / one[district]["median"] for one in many)
        found.append(
            {"name": f"{rows:,} rencana: {nation} terhadap {district}", "value": round(_median(many, nation), 1),
             "base": round(_median(many, district), 1), "unit": "ms", "ratio": round(between, 3),
             "at_most": NATION_TO_DISTRICT}
        )  # fmt: skip
        for name in (nation, district):
            # The two were measured one after the other, so each is taken against the floor of its own rounds.
            ratio = _to_floor(many, name) / _to_floor(few, name)
            one = {"name": f"{name}: {rows:,} rencana terhadap {FEW}", "value": round(_median(many, name), 1)}
            one |= {"base": round(_median(few, name), 1), "unit": "ms", "ratio": round(ratio, 3)}
            found.append(one | {"at_most": MANY_TO_FEW})
    floors = [_median(each, "lantai") for each in (many, few)]
    values = {"value": round(floors[0], 1), "base": round(floors[1], 1), "unit": "ms"}
    found.append({"name": "lantai: kemudian terhadap semula", **values, "ratio": round(floors[0] / floors[1], 3)})
    return found


def _limits(statements: dict[str, list[str]]) -> list[dict]:
    return [
        {"name": f"{name}: SQL", "value": len(found), "base": STATEMENTS, "unit": "pernyataan",
         "ratio": round(len(found) / STATEMENTS, 3), "at_most": 1.0}
        for name, found in statements.items()
    ]  # fmt: skip


def _fold(folds: tuple[float, ...], recount: float) -> dict:
    value, base = statistics.median(folds), recount * 1000
    name = f"{CHANGES:,} perubahan: melipat terhadap menghitung ulang"
    return {
        "name": name,
        "value": round(value, 1),
        "base": round(base, 1),
        "unit": "ms",
        "ratio": round(value / base, 4),
    }


def _statements(page: Place) -> list[str]:
    command = [sys.executable, "-m", "ikm_portal.measuring.statements", page.cookie, page.path]
    answer = subprocess.run(command, env=login_env("portal_login"), capture_output=True, text=True, check=True)
    found = json.loads(answer.stdout.splitlines()[-1])
    return [sql for sql in found[page.path] if sql not in NOT_QUERIES]
