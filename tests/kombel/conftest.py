import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    """Files of a test go to its own folder; rules are read afresh."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }
    cache.clear()
    return tmp_path


@pytest.fixture
def on(monkeypatch):
    """Set the day it is for everybody who acts: `on(date(2026, 3, 1))`."""
    from coordination.actors.actor import Acting

    def set_day(day):
        monkeypatch.setattr(Acting, "today", lambda self: day)

    return set_day
