"""Points, the sentences that say where they stand, and angka kredit (PK-5, PK-6, PK-11)."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.packs import shipped
from kinerja.rules.credit import credit_for, months_between
from kinerja.rules.pack import read_pack
from kinerja.rules.points import points_of, sentence
from tests.kinerja import seed

PACK = read_pack(shipped()["perdirjen-7607-2023"])
YEARLY = read_pack(shipped()["tahunan-2025"])

items = st.lists(st.sampled_from(sorted(seed.UTAMA)), max_size=60)
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@given(items)
def test_points_are_the_sum_over_every_multiset_of_items(chosen):
    assert points_of(PACK, Counter(chosen)) == sum(seed.UTAMA[number].points for number in chosen)


@given(items, items)
def test_points_of_two_choices_together_are_the_points_of_each(some, others):
    together = points_of(PACK, Counter(some) + Counter(others))
    assert together == points_of(PACK, Counter(some)) + points_of(PACK, Counter(others))


@given(items, st.sampled_from(sorted(seed.TAMBAHAN)))
def test_a_tambahan_adds_no_points(chosen, task):
    assert points_of(PACK, {**Counter(chosen), task: 1}) == points_of(PACK, Counter(chosen))


@given(items)
def test_a_pack_without_points_counts_none_and_says_nothing(chosen):
    assert points_of(YEARLY, Counter(chosen)) == 0
    assert sentence(YEARLY, Counter(chosen)) == ""


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({}, "0 poin. Kurang 32 poin lagi untuk bisa diajukan."),
        ({15: 1}, "24 poin. Kurang 8 poin lagi untuk bisa diajukan."),
        ({1: 4}, "32 poin. Sudah memenuhi syarat (32–128)."),
        ({3: 1, 5: 1}, "40 poin. Sudah memenuhi syarat (32–128)."),
        ({6: 1}, "128 poin. Sudah memenuhi syarat (32–128)."),
        ({3: 3, 15: 1, 5: 1}, "136 poin. Lebih 8 poin. Kurangi pilihan."),
        ({6: 1, 5: 1}, "RHK 6: Bernilai 128 poin, sama dengan batas maksimal. Hapus pilihan lain."),
    ],
)
def test_the_sentence_says_where_a_total_stands(chosen, said):
    assert sentence(PACK, chosen) == said


@given(items)
def test_the_sentence_allows_exactly_what_lies_within_the_limits(chosen):
    total = points_of(PACK, Counter(chosen))
    assert ("Sudah memenuhi syarat" in sentence(PACK, Counter(chosen))) == (32 <= total <= 128)


@given(days, days, days)
def test_the_months_of_a_split_period_add_up_to_the_whole(one, two, three):
    starts, last, until = sorted([one, two, three])
    whole = months_between(starts, until)
    assert months_between(starts, last) + months_between(last + timedelta(days=1), until) == whole


@pytest.mark.parametrize(
    ("starts", "until", "months"),
    [
        (date(2027, 1, 1), date(2027, 6, 30), 6),
        (date(2027, 7, 1), date(2027, 12, 31), 6),
        (date(2027, 1, 1), date(2027, 12, 31), 12),
        (date(2027, 1, 1), date(2027, 3, 14), 2),
        (date(2027, 1, 1), date(2027, 3, 15), 3),
        (date(2027, 3, 16), date(2027, 6, 30), 3),
        (date(2027, 3, 16), date(2027, 4, 14), 0),
    ],
)
def test_a_month_counts_where_its_fifteenth_lies(starts, until, months):
    assert months_between(starts, until) == months


@pytest.mark.parametrize(
    ("position", "predicate", "months", "value"),
    [
        ("ahli_pertama", "sangat_baik", 12, "18.75"),
        ("ahli_pertama", "baik", 2, "2.08"),
        ("ahli_pertama", "baik", 6, "6.25"),
        ("ahli_pertama", "butuh_perbaikan", 1, "0.78"),
        ("ahli_muda", "baik", 12, "25.00"),
        ("ahli_madya", "kurang", 12, "18.75"),
        ("ahli_utama", "sangat_kurang", 12, "12.50"),
        ("ahli_pertama", "sangat_kurang", 3, "0.78"),
        ("ahli_utama", "baik", 0, "0.00"),
    ],
)
def test_angka_kredit_is_coefficient_by_percentage_by_months(position, predicate, months, value):
    found = credit_for(PACK, position=position, predicate=predicate, months=months)
    assert found.value == Decimal(value)
    assert (found.coefficient, found.months) == (PACK.coefficients[position], months)


@given(
    st.sampled_from(sorted(PACK.coefficients)),
    st.sampled_from([one.code for one in PACK.predicates]),
    st.integers(0, 6),
    st.integers(0, 6),
)
def test_the_credit_of_two_parts_is_that_of_the_whole_but_for_a_cent(position, predicate, before, after):
    def of(months):
        return credit_for(PACK, position=position, predicate=predicate, months=months).value

    assert abs(of(before) + of(after) - of(before + after)) <= Decimal("0.01")


def test_a_position_that_the_pack_does_not_know_is_an_error():
    with pytest.raises(KeyError):
        credit_for(PACK, position="ahli_luar_biasa", predicate="baik", months=6)
