from collections.abc import Iterable
from typing import Any

from django.urls import NoReverseMatch, reverse


def address(names: Iterable[str], *args: Any) -> str:
    """The address of the first page of these that the portal has, with the arguments it takes; "" without any.

    A name ending in "!" is asked with `args`, another without them.
    """
    for name in names:
        given = args if name.endswith("!") else ()
        try:
            return reverse(f"kinerja:{name.rstrip('!')}", args=given)
        except NoReverseMatch:
            continue
    return ""
