"""Charts say the finding, begin at zero, sort, and give the same numbers as a table."""

import re

import pytest
from django.template import Context, Template, TemplateSyntaxError

from coordination.actors.templatetags.charts import TILES


def draw(source: str, **context) -> str:
    return Template("{% load charts %}" + source).render(Context(context))


def test_bars_are_sorted_and_the_longest_takes_the_same_share_always():
    text = draw("{% bar_chart rows 'Depok terbanyak' %}", rows=[("Bogor", 5), ("Depok", 20)])
    assert text.index("Depok</text>") < text.index("Bogor</text>")
    assert 'width="80.00%"' in text
    assert 'width="20.00%"' in text
    assert text.count("<tr") == 3


def test_bars_of_nothing_draw_an_empty_chart():
    assert "<svg" in draw("{% bar_chart rows 'Belum ada' %}", rows=[])
    assert 'width="0.00%"' in draw("{% bar_chart rows 'Nol' %}", rows=[("A", 0)])


def test_a_trend_refuses_a_fifth_line():
    series = [(name, [1]) for name in "abcde"]
    with pytest.raises(TemplateSyntaxError):
        draw("{% trend_chart series periods 'x' %}", series=series, periods=["Jan"])


def test_names_beside_a_trend_keep_apart():
    series = [("A", [1, 10]), ("B", [2, 10]), ("C", [3, 10])]
    text = draw("{% trend_chart series periods 'x' %}", series=series, periods=["Jan", "Feb"])
    heights = [float(y) for y in re.findall(r'dx="10" y="([\d.]+)"', text)]
    assert sorted(heights) == heights
    assert min(b - a for a, b in zip(heights, heights[1:], strict=False)) >= 16


def test_numbers_in_drawings_use_a_point_in_indonesian():
    text = draw("{% trend_chart series periods 'x' %}", series=[("A", [1, 3, 7])], periods=["a", "b", "c"])
    assert not re.search(r'(?:x1|y1|cx|cy)="\d+,\d', text)


def test_the_map_has_all_38_provinces_each_on_a_tile_of_its_own():
    assert len(TILES) == 38
    assert len({place[1:] for place in TILES.values()}) == 38


@pytest.mark.parametrize(("worst", "first"), [("low", "Papua"), ("high", "Jawa Barat")])
def test_the_list_beside_the_map_puts_the_worst_first_and_missing_ones_last(worst, first):
    rows = [("32", "Jawa Barat", 40), ("91", "Papua", 2, "/91/"), ("51", "Bali", None)]
    text = draw("{% tile_map rows 'x' worst=worst %}", rows=rows, worst=worst)
    table = text[text.index("<tbody") :]
    names = [re.sub("<.*?>", "", cell) for cell in re.findall(r'<th role="rowheader".*?>(.*?)</th>', table)]
    assert names[0] == first
    assert "Bali" in names[2:]
    assert text.count('fill="url(#hatch)"') == 37
    assert 'aria-label="Papua: 2"' in text


def test_equal_values_everywhere_still_draw():
    assert "q5" in draw("{% tile_map rows 'x' %}", rows=[(code, code, 3) for code in TILES])


def test_no_drawing_uses_a_style_attribute():
    drawn = draw("{% tile_map rows 'x' %}{% bar_chart bars 'y' %}", rows=[("32", "Jabar", 1)], bars=[("a", 1)])
    assert "style=" not in drawn
