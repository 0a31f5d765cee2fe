"""Puts the homes together: what to do now, what is late, what waits for others."""

from dataclasses import dataclass, field
from datetime import date
from importlib import import_module

from django.apps import apps

from coordination.actors.actor import Actor
from coordination.actors.home import News, Number, Todo

MOST_TODOS = 7
MOST_NUMBERS = 3
MOST_NEWS = 5


@dataclass
class Home:
    """One person's home, already cut to what fits on it."""

    todos: list[Todo] = field(default_factory=list)
    more: int = 0
    upcoming: Todo | None = None
    waiting: list[Todo] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    news: list[News] = field(default_factory=list)


def home_of(actor: Actor) -> Home:
    """Ask every app what it has for this person; overdue first, then by date, at most seven."""
    if actor.acting is None:
        return Home()
    modules = [import_module(home) for config in apps.get_app_configs() if (home := getattr(config, "home", ""))]

    def ask(what: str) -> list:
        return [row for module in modules if hasattr(module, what) for row in getattr(module, what)(actor)]

    todos = sorted(ask("todos"), key=_urgency)
    news = sorted(ask("recent"), key=lambda one: one.at, reverse=True)
    # Asked only when there is nothing to do, so that an empty home still says what comes next.
    upcoming = [] if todos else sorted(ask("upcoming"), key=_urgency)
    return Home(
        todos=todos[:MOST_TODOS],
        more=max(len(todos) - MOST_TODOS, 0),
        upcoming=next(iter(upcoming), None),
        waiting=sorted(ask("waiting"), key=_urgency)[:MOST_TODOS],
        numbers=ask("numbers")[:MOST_NUMBERS],
        news=news[:MOST_NEWS],
    )


def _urgency(todo: Todo) -> tuple:
    return (not todo.late, todo.due or date.max, todo.title)
