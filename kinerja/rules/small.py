"""Small numbers: a predicate that one of four teachers got names that teacher (UU 27/2022, PK-12).

A *cell* is what cannot be split further on a page: one jenjang and one kind of employee in an area. Every
distribution shown is a sum of whole cells that are large enough, so no two filters differ by a small one.
"""

from collections.abc import Mapping

LEAST = 5
"""Rated plans of a cell below which its predicates are not shown to an office."""


def withheld(totals: Mapping[str, int]) -> set[str]:
    """Which neighbours' cells are not shown, from how many rated plans each has.

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
