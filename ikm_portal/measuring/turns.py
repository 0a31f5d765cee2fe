"""Several addresses under load by turns, so that a busy moment of the machine meets all of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.management.base import CommandError
from django.db import connection

from .servers import Generator


@dataclass(frozen=True)
class Place:
    """An address, with the cookies of whoever asks."""

    port: int
    path: str
    cookie: str = ""


def by_turns(places: Mapping[str, Place], *, rounds: int, seconds: float, connections: int) -> list[dict[str, dict]]:
    """The generator's figures of every place in every round; raises CommandError where a request failed."""
    # Otherwise what autovacuum does in the first minutes would be measured too: the floor's own table, just loaded,
    # is read by another plan before it than after.
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    generator = Generator()
    try:
        found = []
        for number in range(rounds + 1):
            figures = {}
            for name, one in places.items():
                figures[name] = generator.load(one.port, one.path, one.cookie, seconds=seconds, connections=connections)
                if figures[name]["failed"]:
                    raise CommandError(f"{name}: {figures[name]['failed']} permintaan gagal")
            # The first round warms up what is made on first use.
            if number:
                found.append(figures)
        return found
    finally:
        generator.stop()
