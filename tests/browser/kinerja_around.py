"""Looks at the homes with plans on them."""

from .kinerja_why import locked_step


def home() -> str:
    """A home with a plan in hand, plans to make and pages that the menu has no room for."""
    locked_step()
    return "/"
