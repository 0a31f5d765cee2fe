"""The table of state changes in docs/laporan.md is the one the services follow."""

import re
from pathlib import Path

from reflection.models import Report

DOCS = Path(__file__).resolve().parents[2] / "docs" / "laporan.md"


def test_the_documented_changes_are_the_declared_ones():
    rows = re.findall(r"^\| (\w+) \| ([\w, ]+) \| (\w+) \| .+ \|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    drawn = {name: (tuple(sources.split(", ")), target) for name, sources, target in rows if name in Report.TRANSITIONS}
    declared = {name: (tuple(change.sources), change.target) for name, change in Report.TRANSITIONS.items()}
    assert drawn == declared
