"""Addresses of other stages, for links that are there when the page is."""

from django.urls import NoReverseMatch, reverse


def address(name: str, *args: object) -> str:
    """The address of a page by its URL name, or an empty string when the portal has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
