"""`portal.py bench`: a table for people, one line of JSON for machines."""

import json
import sys
from io import StringIO
from types import ModuleType

import pytest
from django.core.management import CommandError, call_command

from ikm_portal.management.commands import bench


@pytest.fixture
def planted(monkeypatch):
    """A benchmark whose result the test chooses."""

    def plant(*ratios):
        module = ModuleType("ikm_portal.benches.planted")
        module.run = lambda rows: {"rows": rows or 50, "ratios": list(ratios)}
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setattr(bench, "names", lambda: ["planted"])

    return plant


def test_every_benchmark_is_offered():
    assert bench.names() == ["kinerja", "pages", "reminders", "tenancy"]


def test_the_last_line_holds_the_figures_of_the_table(planted):
    planted({"name": "kabupaten", "value": 11.0, "base": 10.0, "unit": "ms", "ratio": 1.1, "at_most": 1.15})
    said = StringIO()
    call_command("bench", "planted", "--rows", "200", stdout=said)
    *table, last = said.getvalue().splitlines()
    assert json.loads(last)["rows"] == 200
    assert json.loads(last)["ratios"][0]["ratio"] == 1.1
    assert any("kabupaten" in line and "1.10" in line and "ya" in line for line in table)


def test_a_missed_limit_fails_after_the_figures_were_printed(planted):
    planted({"name": "daftar", "ratio": 0.4, "at_least": 0.5}, {"name": "formulir", "ratio": 0.7})
    said = StringIO()
    with pytest.raises(CommandError, match="daftar"):
        call_command("bench", "planted", stdout=said)
    assert json.loads(said.getvalue().splitlines()[-1])["rows"] == 50
