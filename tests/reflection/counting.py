"""How many statements a page costs, without those that only the tests' outer transaction needs."""

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

OF_THE_TEST = (
    "SAVEPOINT",
    "RELEASE SAVEPOINT",
    "SELECT current_setting('role')",
    "SELECT set_config('role', 'portal_own'",
)


def statements(client: Client, url: str) -> int:
    """Statements of a repeat visit, the scope's own included."""
    # A full cache drops entries at random, a session among them; an empty one has room.
    cache.clear()
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as found:
        client.get(url)
    return len([one for one in found if not one["sql"].startswith(OF_THE_TEST)])
