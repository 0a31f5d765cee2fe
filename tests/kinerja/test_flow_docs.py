"""The tables of state changes in docs/kinerja/alur.md are the ones the services follow."""

import re
from pathlib import Path

import pytest

from kinerja.models import Observation, Plan

DOCS = Path(__file__).resolve().parents[2] / "docs" / "kinerja" / "alur.md"
HEADINGS = {Plan: "## Rencana", Observation: "## Observasi"}


@pytest.mark.parametrize("model", HEADINGS)
def test_the_documented_changes_are_the_declared_ones(model):
    _before, _heading, after = DOCS.read_text(encoding="utf-8").partition(HEADINGS[model])
    section = after.partition("\n## ")[0]
    rows = re.findall(r"^\| (\w+) \| ([\w, ]+) \| (\w+) \| .+ \|$", section, re.MULTILINE)
    drawn = {name: (tuple(sources.split(", ")), target) for name, sources, target in rows if name != "langkah"}
    declared = {name: (tuple(change.sources), change.target) for name, change in model.TRANSITIONS.items()}
    assert drawn == declared


@pytest.mark.parametrize("model", HEADINGS)
def test_every_state_is_drawn(model):
    _before, _heading, after = DOCS.read_text(encoding="utf-8").partition(HEADINGS[model])
    drawing = after.split("```")[1]
    assert all(re.search(rf"\b{state.value}\b", drawing) for state in model.State)
