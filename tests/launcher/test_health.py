"""`/healthz`: what each part's silence looks like from outside."""

import time

import pytest
from django.db import OperationalError, connection

from ikm_portal import health, pulse, tasks


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """No answer of an earlier test, and signs of life apart from those of anybody else."""
    monkeypatch.setattr(health, "_kept", None)
    monkeypatch.setattr(pulse, "PREFIX", f"test:{time.time_ns()}:")
    for name in health.LIMITS:
        pulse.record(name)


def ago(monkeypatch, **ages: float) -> None:
    now = time.time()
    seen = {name: now - ages.get(name, 0) for name in health.LIMITS}
    monkeypatch.setattr(pulse, "last", lambda names: seen)


def test_all_parts_well_is_200_without_a_login(db, client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    report = answer.json()
    assert {name for name, part in report.items() if name != "ok" and part["ok"]} == {
        *("database", "broker", "worker", "beat")
    }
    assert report["beat"]["last"]
    assert report["worker"]["last_tick_handled"]


def test_a_worker_without_beat_shows(db, client, monkeypatch):
    ago(monkeypatch, beat=200)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["worker"]["ok"]
    assert not answer.json()["beat"]["ok"]


def test_beat_without_a_worker_shows(db, client, monkeypatch):
    ago(monkeypatch, worker=60)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert not answer.json()["worker"]["ok"]
    assert answer.json()["beat"]["ok"]


def test_a_worker_that_lives_but_handles_no_tick_shows(db, client, monkeypatch):
    ago(monkeypatch, tick=3600)
    assert not client.get("/healthz").json()["worker"]["ok"]


def test_a_long_task_is_no_illness(db, client, monkeypatch):
    ago(monkeypatch, tick=14 * 60)
    assert client.get("/healthz").status_code == 200


def test_a_broker_that_is_gone_is_503_at_once(db, client, settings):
    settings.BROKER_URL = "unix:///nonexistent/valkey.sock"
    begun = time.monotonic()
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert time.monotonic() - begun < 2
    assert answer.json()["database"]["ok"]
    assert not answer.json()["broker"]["ok"]


def test_a_database_that_is_gone_is_503_and_no_server_error(db, client, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", refuse)
        broken.setattr(connection, "close", lambda: None)
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] == {"ok": False, "error": "OperationalError"}


def test_the_answer_is_kept_for_a_second(db, client, monkeypatch):
    asked = []
    monkeypatch.setattr(health, "examine", lambda: asked.append(1) or {"ok": True})
    client.get("/healthz")
    client.get("/healthz")
    assert len(asked) == 1


def test_the_tick_is_noted_and_starts_what_the_apps_asked_for(db, monkeypatch):
    started = []

    class Task:
        def apply_async(self, expires):
            started.append(expires)

    monkeypatch.setattr(tasks, "every_minute", lambda: ["sesuatu"])
    monkeypatch.setattr(tasks, "every_day", list)
    monkeypatch.setitem(tasks.app.tasks, "sesuatu", Task())
    monkeypatch.setattr(pulse, "PREFIX", pulse.PREFIX + "tick:")
    tasks.tick()
    assert started == [55]
    assert pulse.last(["tick"])["tick"] > time.time() - 5


def test_what_is_wanted_once_a_day_starts_with_the_days_first_tick(db, monkeypatch):
    started = []

    class Task:
        def apply_async(self):
            started.append("sekali")

    monkeypatch.setattr(tasks, "every_minute", list)
    monkeypatch.setattr(tasks, "every_day", lambda: ["sekali"])
    monkeypatch.setitem(tasks.app.tasks, "sekali", Task())
    monkeypatch.setattr(pulse, "PREFIX", f"{pulse.PREFIX}{time.time_ns()}:")
    tasks.tick()
    tasks.tick()
    assert started == ["sekali"]


def test_every_task_the_apps_want_exists():
    tasks.app.loader.import_default_modules()
    assert {*tasks.every_minute(), *tasks.every_day()} <= set(tasks.app.tasks)
