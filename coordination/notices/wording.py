"""Turns a notice's source text and context into words in the language that is active."""

from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format


def keep(context: dict[str, Any]) -> dict[str, Any]:
    """The context as JSON; a date stays a date, so it can be written in each reader's language.

    Raises TypeError for anything but text, whole numbers and dates.
    """
    kept: dict[str, Any] = {}
    for key, value in context.items():
        if isinstance(value, date) and not isinstance(value, datetime):
            kept[key] = {"date": value.isoformat()}
        elif isinstance(value, str | int):
            kept[key] = value
        else:
            raise TypeError(f"a notice's context cannot hold {key}={value!r}")
    return kept


def fill(text: str, context: dict[str, Any]) -> str:
    """`text` with its %(name)s filled from a kept context; dates as "Kamis, 5 November 2026"."""
    return text % {key: _word(value) for key, value in context.items()}


def _word(value: Any) -> Any:
    if isinstance(value, dict):
        return date_format(date.fromisoformat(value["date"]), "l, j F Y")
    return value
