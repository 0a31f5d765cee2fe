"""Small numbers: what one of four teachers got or chose names that teacher (UU 27/2022, PK-12).

It holds for predicates, for the indicators chosen, and for single states within a stage ("keberatan"). A *cell* is
what cannot be split further on a page: one jenjang and one kind of employee in an area. Every distribution shown is
a sum of whole cells that are large enough, so no two filters differ by a small one.
"""

from collections import Counter
from collections.abc import Mapping

Cell = tuple[str, bool]
"""A jenjang and whether principals are meant."""
LEAST = 5
"""Plans of a cell below which what they have or chose is not shown to an office."""


def withheld(totals: Mapping[str, int]) -> set[str]:
    """Which neighbours' cells are not shown, from how many plans each has.

    The small ones, and of the others the smallest until those not shown have LEAST together: who knows the
    total of the area around them would otherwise subtract.
    """
    found = {name for name, number in totals.items() if 0 < number < LEAST}
    missing = sum(totals[name] for name in found)
    for name in sorted((one for one in totals if totals[one] >= LEAST), key=lambda one: (totals[one], one)):
        if not 0 < missing < LEAST:
            break
        found.add(name)
        missing += totals[name]
    return found


def released(
    found: Mapping[Cell, Counter],
    sizes: Mapping[Cell, int],
    beside: Mapping[Cell, Mapping[str, int]],
    here: str,
) -> tuple[Counter, int]:
    """The sum of the cells of an area that may be shown, and how many plans are not among them.

    `found` holds a distribution for each cell and `sizes` its number of plans; `beside` the sizes of the same cell
    in the neighbours of the area, which is called `here`.
    """
    shown: Counter = Counter()
    unshown = 0
    for cell, values in found.items():
        size = sizes[cell]
        if size < LEAST or here in withheld({**beside.get(cell, {}), here: size}):
            unshown += size or values.total()
        else:
            shown += values
    return shown, unshown
