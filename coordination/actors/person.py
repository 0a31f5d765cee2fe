"""The person of a request, found in one statement with all that every request needs of them."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection

from .along import EXPRESSIONS
from .models import User

COLUMNS = [field.attname for field in User._meta.concrete_fields]


@cache
def columns() -> str:
    """What a statement over `actors_user` asks for, so that `person_in` can read it."""
    return ", ".join([*COLUMNS, "portal_memberships(id)::text", *EXPRESSIONS.values()])


def person_in(row: Sequence[Any]) -> User | None:
    """The person with their present memberships and what else comes along; None where the row has nobody."""
    person, (memberships, *more) = row[: len(COLUMNS)], row[len(COLUMNS) :]
    if person[0] is None:
        return None
    user = User.from_db(connection.alias, COLUMNS, person)
    user.memberships_now = memberships
    user.along = dict(zip(EXPRESSIONS, more, strict=True))
    return user
