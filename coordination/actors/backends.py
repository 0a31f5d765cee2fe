"""Who somebody is: a password through allauth, and from then on the session."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection

from .models import User
from .person import columns, person_in
from .sessions import take_person


class PortalBackend(AuthenticationBackend):
    """Finds the person of a session together with their present memberships: every request needs both."""

    def get_user(self, user_id: int) -> User | None:
        return take_person(user_id) or _look_up(user_id)


def _look_up(user_id: int) -> User | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns()} FROM actors_user WHERE id = %s AND is_active", [user_id])  # noqa: S608
        row = cursor.fetchone()
    return person_in(row) if row else None
