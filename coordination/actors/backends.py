"""Who somebody is: a password through allauth, and from then on the session."""

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection

from .along import EXPRESSIONS
from .models import User

COLUMNS = [field.attname for field in User._meta.concrete_fields]


class PortalBackend(AuthenticationBackend):
    """Finds the person of a session together with their present memberships: every request needs both."""

    def get_user(self, user_id: int) -> User | None:
        with connection.cursor() as cursor:
            cursor.execute(_statement(), [user_id])
            row = cursor.fetchone()
        if row is None:
            return None
        person, (memberships, *more) = row[: len(COLUMNS)], row[len(COLUMNS) :]
        user = User.from_db(connection.alias, COLUMNS, person)
        user.memberships_now = memberships
        user.along = dict(zip(EXPRESSIONS, more, strict=True))
        return user


@cache
def _statement() -> str:
    found = [*COLUMNS, "portal_memberships(id)::text", *EXPRESSIONS.values()]
    return f"SELECT {', '.join(found)} FROM actors_user WHERE id = %s AND is_active"  # noqa: S608 - all our own
