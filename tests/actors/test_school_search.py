"""A school is found however its name writes that it is a state school."""

import pytest

from tests.cast import make_school


@pytest.fixture
def state_schools(cast):
    make_school(npsn="99000021", name="SMAN 1 CONTOH DEPOK", bentuk="SMA", level="m", kecamatan="32.76.01")
    make_school(npsn="99000022", name="SMA NEGERI 2 CONTOH DEPOK", bentuk="SMA", level="m", kecamatan="32.76.01")
    make_school(npsn="99000023", name="SMA NUSANTARA CONTOH", bentuk="SMA", level="m", kecamatan="32.76.01")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("SMAN", {"99000021", "99000022"}),
        ("sma negeri", {"99000021", "99000022"}),
        ("SMA N", {"99000021", "99000022"}),
        ("sman 2", {"99000022"}),
        ("sma negeri 1 depok", {"99000021"}),
        ("sma nusantara", {"99000023"}),
        ("negeri", {"99000022"}),
        ("sma", {"99000021", "99000022", "99000023"}),
    ],
)
def test_both_spellings_find_the_same_schools(cast, state_schools, words, expected):
    rows = cast.dinas_jabar.get("/sekolah/", {"q": words, "bentuk": "SMA"}).context["page_obj"]
    assert {one.npsn for one in rows} == expected
