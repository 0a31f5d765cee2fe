"""What the tests of this folder share."""

from datetime import date

import pytest

from coordination.actors.actor import Acting


@pytest.fixture
def in_november(monkeypatch):
    """For every actor it is 21 November 2026, so that the cycles of the tests stand where they say."""
    monkeypatch.setattr(Acting, "today", lambda acting: date(2026, 11, 21))
