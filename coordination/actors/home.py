"""What an app can put on a person's home: things to do, things others do, numbers, news.

An app names a module in its AppConfig, `home = "kombel.home"`, with any of `todos`, `upcoming`, `waiting`,
`numbers` and `recent`; each takes the actor and returns a short list at a bounded number of queries.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: a verb, a date, a status. `tone` is one of mute, info, ok, warn, bad."""

    title: str
    url: str
    due: date | None = None
    late: bool = False
    status: str = ""
    tone: str = "info"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that links to its rows."""

    value: int | str
    label: str
    url: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened."""

    at: datetime
    text: str
    url: str = ""
