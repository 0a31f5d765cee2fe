"""Who somebody is: a password through allauth, and from then on the session."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection

from .models import User

COLUMNS = [str(field.column) for field in User._meta.concrete_fields]
FIND = (
    f"SELECT {', '.join(COLUMNS)}, portal_memberships(id)::text "  # noqa: S608 - columns of our own model
    "FROM actors_user WHERE id = %s AND is_active"
)


class PortalBackend(AuthenticationBackend):
    """Finds the person of a session together with their present memberships: every request needs both."""

    def get_user(self, user_id: int) -> User | None:
        with connection.cursor() as cursor:
            cursor.execute(FIND, [user_id])
            row = cursor.fetchone()
        if row is None:
            return None
        user = User.from_db(connection.alias, [field.attname for field in User._meta.concrete_fields], row[:-1])
        user.memberships_now = row[-1]
        return user
