"""Homes are put together from what the apps bring."""

from datetime import date

import pytest

from coordination.actors.home import Number, Todo
from ikm_portal import homes
from tests.cast import Cast


class Invented:
    """An app's home module with more than fits."""

    @staticmethod
    def todos(actor):
        return [
            Todo("Nanti", "/nanti/", due=date(2026, 12, 1)),
            Todo("Tanpa tanggal", "/kapan-saja/"),
            Todo("Terlambat", "/terlambat/", due=date(2026, 12, 20), late=True),
            *[Todo(f"Lain {number}", f"/{number}/", due=date(2027, 1, number)) for number in range(1, 9)],
        ]

    @staticmethod
    def numbers(actor):
        return [Number(number, "angka", "/") for number in range(9)]


@pytest.fixture
def invented(monkeypatch):
    class Config:
        home = "tests.roof.test_homes"

    monkeypatch.setattr(homes.apps, "get_app_configs", lambda: [Config])
    monkeypatch.setattr(homes, "import_module", lambda name: Invented)


def test_the_overdue_comes_first_then_the_nearest_and_seven_at_most(cast: Cast, invented):
    home = homes.home_of(cast.actor("guru"))
    assert [one.title for one in home.todos[:3]] == ["Terlambat", "Nanti", "Lain 1"]
    assert (len(home.todos), home.more, len(home.numbers)) == (7, 4, 3)


def test_somebody_without_a_role_is_told_how_to_get_one(cast: Cast):
    page = cast.outsider.get("/").content.decode()
    assert "belum memegang peran" in page


@pytest.mark.parametrize("name", [name for name in Cast.names if name != "outsider"])
def test_every_role_has_a_home_that_says_what_it_is(cast: Cast, name):
    page = cast.client(name).get("/").content.decode()
    assert "Perlu Anda kerjakan" in page
    assert cast.actor(name).acting.place in page


def test_an_empty_home_says_what_comes_next(cast: Cast, monkeypatch):
    class Quiet:
        @staticmethod
        def upcoming(actor):
            return [Todo("Pertemuan berikut", "/kombel/", due=date(2027, 2, 3))]

    class Config:
        home = "tests.roof.test_homes"

    monkeypatch.setattr(homes.apps, "get_app_configs", lambda: [Config])
    monkeypatch.setattr(homes, "import_module", lambda name: Quiet)
    page = cast.guru.get("/").content.decode()
    assert "Berikutnya:" in page
    assert "3 Februari 2027" in page
