"""What reflection puts on a person's home; one module for each noun."""

from coordination.actors.actor import Actor
from coordination.actors.home import Number, Todo

from . import reports, sessions

PARTS = (sessions, reports)


def todos(actor: Actor) -> list[Todo]:
    return [row for part in PARTS for row in part.todos(actor)]


def waiting(actor: Actor) -> list[Todo]:
    return [row for part in PARTS for row in part.waiting(actor)]


def numbers(actor: Actor) -> list[Number]:
    return [row for part in PARTS for row in part.numbers(actor)]


def upcoming(actor: Actor) -> list[Todo]:
    return [row for part in PARTS if hasattr(part, "upcoming") for row in part.upcoming(actor)]
