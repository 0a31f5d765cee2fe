"""What a page asks the database, without what only the transaction around a test needs."""

import re

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

# A test is itself inside a transaction: savepoints stand for a request's own, and the role is given back.
OF_THE_TEST = re.compile(
    r"BEGIN|COMMIT|SAVEPOINT|RELEASE|ROLLBACK TO"
    r"|SELECT current_setting\('role'\)|SELECT set_config\('role', '[^']*', true\)$"
)


def messages(captured: CaptureQueriesContext) -> list[str]:
    """What a server would send; a scope travels in one message with a statement."""
    return [one["sql"] for one in captured if not OF_THE_TEST.match(one["sql"])]


def asked(client: Client, url: str, *data) -> list[str]:
    """The messages of a repeat visit."""
    # A full cache drops entries at random, a session among them; an empty one has room.
    cache.clear()
    assert client.get(url, *data).status_code == 200
    with CaptureQueriesContext(connection) as found:
        client.get(url, *data)
    return messages(found)
