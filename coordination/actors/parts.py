"""What an app can put on the page of a school: short lists of links.

An app names a function in its AppConfig, `school_part = "kombel.school.part"`; it takes the actor and a school that
the actor sees, and returns a Part, or None, at a bounded number of queries.
"""

from dataclasses import dataclass, field

from django.apps import apps
from django.utils.module_loading import import_string

from .actor import Actor
from .models import School


@dataclass(frozen=True, slots=True)
class Line:
    """One link with a status. `tone` is one of mute, info, ok, warn, bad."""

    title: str
    url: str
    note: str = ""
    status: str = ""
    tone: str = "mute"


@dataclass(frozen=True, slots=True)
class Part:
    """A headed list; `empty` is said when it has no lines."""

    title: str
    lines: list[Line] = field(default_factory=list)
    empty: str = ""


def school_parts(actor: Actor, school: School) -> list[Part]:
    """What the apps know of a school, in the order of the apps."""
    names = [name for config in apps.get_app_configs() if (name := getattr(config, "school_part", ""))]
    return [part for name in names if (part := import_string(name)(actor, school))]
