"""Names of regions; they change when a law does, so a process keeps them, all in one statement, for five minutes."""

from collections import defaultdict

from ..keeping import kept
from ..models import Wilayah

KEEP_SECONDS = 300

Pair = tuple[str, str]


def region_names() -> dict[str, str]:
    """The name of every region by its code; read only."""
    return _regions()[0]


def regions_below(parent: str | None) -> tuple[Pair, ...]:
    """Code and name of what lies directly below a region, by name; the provinces for None."""
    return _regions()[1].get(parent, ())


@kept(KEEP_SECONDS)
def _regions() -> tuple[dict[str, str], dict[str | None, tuple[Pair, ...]]]:
    names: dict[str, str] = {}
    below: dict[str | None, list[Pair]] = defaultdict(list)
    for code, name, parent in Wilayah.objects.order_by("name").values_list("code", "name", "parent_id"):
        names[code] = name
        below[parent].append((code, name))
    return names, {parent: tuple(pairs) for parent, pairs in below.items()}
