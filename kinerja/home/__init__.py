"""What Kinerja puts on a person's home: the own plan's next step, what waits for a decision, and counts."""

from coordination.actors.actor import Actor
from coordination.actors.home import Number, Todo

from . import deciding, offices, own


def todos(actor: Actor) -> list[Todo]:
    """The next step of the own plan, and what others wait for."""
    return [*own.todos(actor), *deciding.todos(actor)]


def waiting(actor: Actor) -> list[Todo]:
    """What the own plan waits for."""
    return own.waiting(actor)


def numbers(actor: Actor) -> list[Number]:
    """Teachers with and without a plan for a principal, counts of an area for an office."""
    return [*deciding.numbers(actor), *offices.numbers(actor)]
