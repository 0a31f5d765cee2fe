"""Charts drawn on the server as SVG: the finding is the title, the same numbers stand in a table below.

Widths are percentages, so that text keeps its size on a phone; there are no style attributes.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma

register = template.Library()

# Province code: short name, row and column of its tile.
TILES = {
    "11": ("Aceh", 1, 1), "65": ("Kaltara", 1, 7),
    "12": ("Sumut", 2, 2), "14": ("Riau", 2, 3), "21": ("Kepri", 2, 4), "61": ("Kalbar", 2, 6),
    "64": ("Kaltim", 2, 7), "75": ("Gorontalo", 2, 9), "71": ("Sulut", 2, 10), "82": ("Malut", 2, 11),
    "13": ("Sumbar", 3, 2), "15": ("Jambi", 3, 3), "62": ("Kalteng", 3, 6), "63": ("Kalsel", 3, 7),
    "76": ("Sulbar", 3, 8), "72": ("Sulteng", 3, 9), "96": ("Papua BD", 3, 12),
    "17": ("Bengkulu", 4, 3), "16": ("Sumsel", 4, 4), "19": ("Babel", 4, 5), "73": ("Sulsel", 4, 8),
    "74": ("Sultra", 4, 9), "81": ("Maluku", 4, 11), "92": ("Papua B", 4, 12), "91": ("Papua", 4, 13),
    "18": ("Lampung", 5, 4), "94": ("Papua T", 5, 12), "95": ("Papua Peg", 5, 13),
    "36": ("Banten", 6, 4), "31": ("Jakarta", 6, 5), "33": ("Jateng", 6, 6), "93": ("Papua S", 6, 13),
    "32": ("Jabar", 7, 5), "34": ("DIY", 7, 6), "35": ("Jatim", 7, 7), "51": ("Bali", 7, 8),
    "52": ("NTB", 7, 9), "53": ("NTT", 7, 10),
}  # fmt: skip
TILE_WIDTH, TILE_HEIGHT = 66, 52
CLASSES = 5
SERIES = 4
PLOT = 78.0  # percent of the width; the rest holds the names of the lines, if they are short
SHORT_NAME = 9  # letters that fit beside the plot on a phone
TOP, BOTTOM = 24, 184  # pixels


def _frame(title: str, source: str, data_per: str, csv_url: str) -> dict[str, Any]:
    return {"title": title, "source": source, "data_per": data_per, "csv_url": csv_url}


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(
    rows: Iterable[Sequence[Any]],
    title: str,
    source: str = "",
    data_per: str = "",
    label: str = "",
    unit: str = "",
    csv_url: str = "",
) -> dict[str, Any]:
    """Horizontal bars from zero, longest first; a row is (name, value) or (name, value, url)."""
    ordered = sorted(((*row, "")[:3] for row in rows), key=lambda row: -row[1])
    most = max((row[1] for row in ordered), default=0) or 1
    bars = [
        {"name": name, "value": value, "url": url, "y": 44 * place, "width": f"{80 * value / most:.2f}"}
        for place, (name, value, url) in enumerate(ordered)
    ]
    return {**_frame(title, source, data_per, csv_url), "bars": bars, "height": 44 * len(bars) or 1,
            "label": label, "unit": unit}  # fmt: skip


@register.inclusion_tag("components/trend_chart.html")
def trend_chart(
    series: Sequence[tuple[str, Sequence[float]]],
    periods: Sequence[str],
    title: str,
    source: str = "",
    data_per: str = "",
    label: str = "",
    csv_url: str = "",
) -> dict[str, Any]:
    """At most four lines over the same periods; a series is (name, values), an axis begins at zero."""
    if len(series) > SERIES:
        raise template.TemplateSyntaxError("a trend shows at most four series")
    most = max((value for _name, values in series for value in values), default=0) or 1
    last = max(len(periods) - 1, 1)
    beside = len(series) > 1 and all(len(str(name)) <= SHORT_NAME for name, _values in series)
    plot = PLOT if beside else 97.0
    lines = []
    for number, (name, values) in enumerate(series, 1):
        points = [
            {
                "x": f"{plot * place / last:.2f}",
                "y": round(BOTTOM - (BOTTOM - TOP) * value / most, 1),
                "value": value,
                "said": len(series) == 1 and len(periods) <= 8,
            }
            for place, value in enumerate(values)
        ]
        lines.append({"name": name, "number": number, "points": points, "pairs": list(pairwise(points))})
    _part_names(lines)
    step = max(1, -(-len(periods) // 5))
    ticks = [
        {"text": text, "x": f"{plot * place / last:.2f}", "anchor": _anchor(place, last, beside)}
        for place, text in enumerate(periods)
        if place % step == 0
    ]
    table = [(text, [values[place] for _name, values in series]) for place, text in enumerate(periods)]
    return {**_frame(title, source, data_per, csv_url), "lines": lines, "ticks": ticks, "table": table,
            "plot": plot, "beside": beside, "bottom": BOTTOM, "top": TOP, "most": most, "label": label}  # fmt: skip


def _anchor(place: int, last: int, beside: bool) -> str:
    if place == 0:
        return "start"
    return "middle" if beside or place < last else "end"


def _part_names(lines: list[dict[str, Any]]) -> None:
    """Put each line's name at its end, at least 16 pixels below the one above."""
    above = 0.0
    for line in sorted((one for one in lines if one["points"]), key=lambda one: one["points"][-1]["y"]):
        line["name_y"] = above = max(line["points"][-1]["y"] + 5, above + 16)


@register.inclusion_tag("components/tile_map.html")
def tile_map(
    rows: Iterable[Sequence[Any]],
    title: str,
    source: str = "",
    data_per: str = "",
    label: str = "",
    worst: str = "low",
    csv_url: str = "",
) -> dict[str, Any]:
    """One tile for each province; a row is (code, name, value or None, url). `worst` is low or high.

    A row may add how its value is written, and how a screen reader says it.

    The list beside it, worst first, is all that a phone shows.
    """
    found = {code: rest for code, *rest in ((*row, "", "", "")[:6] for row in rows)}
    values = sorted(value for _name, value, *_rest in found.values() if value is not None)
    bounds = [values[len(values) * part // CLASSES] for part in range(1, CLASSES)] if values else []
    tiles: list[dict[str, Any]] = []
    for code, (short, row, column) in TILES.items():
        name, value, url, said, spoken = found.get(code, (short, None, "", "", ""))
        shade = 0 if value is None else 1 + sum(value >= bound for bound in bounds)
        x, y = (column - 1) * TILE_WIDTH, (row - 1) * TILE_HEIGHT
        said = said or ("" if value is None else intcomma(value))
        tiles.append({"name": name, "short": short, "value": value, "url": url, "shade": shade, "x": x, "y": y,
                      "said": said, "spoken": spoken or said,
                      "middle": x + TILE_WIDTH // 2 - 1, "ink": "tb" if shade > 3 else "ta"})  # fmt: skip
    known = sorted((tile for tile in tiles if tile["shade"]), key=lambda tile: tile["value"])
    ordered = known if worst == "low" else known[::-1]
    return {
        **_frame(title, source, data_per, csv_url),
        "tiles": tiles,
        "ordered": ordered + [tile for tile in tiles if not tile["shade"]],
        "first": ordered[:10],
        "legend": _legend(known),
        "label": label,
        "size": (13 * TILE_WIDTH, 7 * TILE_HEIGHT),
        "tile": (TILE_WIDTH - 2, TILE_HEIGHT - 2),
    }


def _legend(known: list[dict[str, Any]]) -> list[tuple[int, Any, Any]]:
    """For each shade in use, the least and the greatest value it stands for."""
    shades = sorted({tile["shade"] for tile in known})
    grouped = [(shade, [tile["value"] for tile in known if tile["shade"] == shade]) for shade in shades]
    return [(shade, min(values), max(values)) for shade, values in grouped]
