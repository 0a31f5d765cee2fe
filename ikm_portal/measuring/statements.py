"""Counts the SQL statements of a page as the web server sends them: `portal_login`, a session already kept.

A process of its own, because the benchmark itself is connected as the owner: `python -m … COOKIE PATH …` prints
one JSON object, the statements of each path.
"""

import json
import sys
from collections.abc import Iterable

import django


def apart(messages: Iterable[str]) -> list[str]:
    """The statements of what was sent; a scope's settings travel with them and count once, as long as they stay."""
    found: list[str] = []
    last = ""
    for message in messages:
        if message.startswith("SELECT set_config('role'"):
            settings, _semicolon, message = message.partition("; ")  # noqa: PLW2901 - what remains is the message
            if settings != last:
                last = settings
                found.append(settings)
        if message:
            found.append(message)
    return found


def main(cookie: str, paths: list[str]) -> None:
    django.setup()

    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"cookie": cookie, "host": "127.0.0.1"})
    found = {}
    for path in paths:
        # The first time fills the caches that a running server has filled.
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        found[path] = apart(query["sql"] for query in asked.captured_queries)
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
