"""A progress page is drawn once for everybody who sees the same, and never for anybody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coordination.actors.tenancy.scope import ScopeError
from coordination.actors.tenancy.shared import shared_key
from tests.cast import make_person

from .test_counts_pages import PAGE, PERIOD, depok, fold, people, text

__all__ = ["depok"]


def asked_of_the_counts(client, **query) -> int:
    """How many statements of a page read the counts."""
    with CaptureQueriesContext(connection) as statements:
        assert client.get(PAGE, {"periode": PERIOD, **query}).status_code == 200
    return sum('FROM "kinerja_tally"' in one["sql"] for one in statements)


def test_a_colleague_is_shown_what_was_drawn_for_the_first(depok):
    make_person("dinas_depok_dua", "dinas_officer", "dinas_3276")
    assert asked_of_the_counts(depok.dinas_depok) == 1
    assert asked_of_the_counts(depok.client("dinas_depok_dua")) == 0
    assert "Dinas Depok Dua" in text(depok.client("dinas_depok_dua"))
    assert "Dinas Depok Dua" not in text(depok.dinas_depok)


def test_a_folding_has_the_page_drawn_anew(depok):
    before = text(depok.dinas_depok)
    people(6, "99000001", "diajukan", start=20)
    assert text(depok.dinas_depok) == before
    fold()
    assert text(depok.dinas_depok) != before


@pytest.mark.parametrize("query", [{}, {"jenjang": "sd"}, {"jenis": "ks"}, {"wilayah": "32.76"}])
def test_each_area_and_each_cut_has_a_page_of_its_own(depok, query):
    pages = {name: text(getattr(depok, name), **query) for name in ("pusat", "upt_jabar")}
    for name, page in pages.items():
        assert text(getattr(depok, name), **query) == page
    assert pages["pusat"] != pages["upt_jabar"]


def test_a_further_page_of_a_list_is_not_kept(depok):
    for _time in range(2):
        assert asked_of_the_counts(depok.dinas_depok, page="1") == 1


def test_nothing_is_shared_outside_a_scope():
    with pytest.raises(ScopeError):
        shared_key("capaian")


def test_the_key_is_of_the_area_and_not_of_the_person(cast):
    def key(name: str) -> str:
        with cast.actor(name).entered():
            return shared_key("capaian", "2026-1")

    make_person("dinas_depok_dua", "dinas_officer", "dinas_3276")
    assert key("dinas_depok") == key("dinas_depok_dua")
    assert len({key(name) for name in ("dinas_depok", "dinas_balikpapan", "dinas_jabar", "upt_jabar", "pusat")}) == 5
