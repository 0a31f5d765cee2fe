"""What can be written to a file in the background.

An app names its kinds in its AppConfig, `exports = ("kombel.exports.LIST",)`. A kind first gives the ids of all rows in
their order, then the rows of a few ids at a time: each piece is a transaction of its own in the asker's area, so
progress can be seen and a lost worker's work is taken up again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from .actor import Actor

Params = dict[str, str]


@dataclass(frozen=True)
class ExportKind:
    """A list that can be exported: its name in addresses and files, its columns, and where its rows come from."""

    name: str
    label: str | Promise
    columns: tuple[str, ...]
    ids: Callable[[Actor, Params], list[int]]
    rows: Callable[[Actor, list[int]], list[Sequence[Any]]]


def kind_named(name: str) -> ExportKind:
    """The kind of that name; raises LookupError when no app brings it."""
    for config in apps.get_app_configs():
        for path in getattr(config, "exports", ()):
            kind = import_string(path)
            if kind.name == name:
                return kind
    raise LookupError(f"no export named {name!r}")


def cell(value: Any) -> str:
    """A value that a spreadsheet will not take for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
