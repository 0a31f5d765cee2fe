"""Statements written by hand, for the pages that are opened most; each is held by a test to its queryset."""

from typing import Any

from django.db import connection

OPERATORS = {"": "= %s", "gte": ">= %s", "lt": "< %s", "in": "= ANY(%s)"}


def where_of(*groups: dict[str, Any]) -> tuple[str, list]:
    """Lookups as SQL with its values; columns are named by selectors and policies, never from outside."""
    parts, values = ["true"], []
    for lookup, value in (pair for group in groups for pair in group.items()):
        column, _, operator = lookup.partition("__")
        parts.append(f"{column} {OPERATORS[operator]}")
        values.append(value)
    return " AND ".join(parts), values


def asked(sql: str, values: list) -> list[dict]:
    """The rows of a statement as dicts."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
