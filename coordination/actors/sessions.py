"""Sessions in the database: one statement finds the session together with its person.

No copy in the cache: that would be one more way for every request, to a server that may be away.
"""

import re
from contextvars import ContextVar
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import connection
from django.utils import timezone

from .models import Login, User
from .person import columns, person_in

KEY = re.compile(f"[{VALID_KEY_CHARS}]{{32}}")
_person: ContextVar[User | None] = ContextVar("person_of_the_session", default=None)


class SessionStore(DatabaseStore):
    """Django's database sessions, their content signed as ever; whoever reads one may `take_person` next."""

    @classmethod
    def get_model_class(cls) -> type[Login]:
        return Login

    def _validate_session_key(self, key: str | None) -> bool:
        # Whatever else a browser sends (a NUL among it) names no session, and is never asked for.
        return key is not None and KEY.fullmatch(key) is not None

    def create_model_instance(self, data: dict[str, Any]) -> Login:
        login = cast(Login, super().create_model_instance(data))
        login.user_id = data.get(SESSION_KEY)
        return login

    def _get_session_from_db(self) -> Login | None:
        sql = f"""SELECT session_data, {columns()}
            FROM actors_login LEFT JOIN actors_user ON id = user_id AND is_active
            WHERE session_key = %s AND expire_date > %s"""  # noqa: S608 - columns of our own model
        with connection.cursor() as cursor:
            cursor.execute(sql, [self.session_key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            _person.set(None)
            self._session_key = None
            return None
        _person.set(person_in(row[1:]))
        return Login(session_data=row[0])


def take_person(user_id: int) -> User | None:
    """The person who was found with the session just read, once; None if that was another's or nobody's."""
    person = _person.get()
    _person.set(None)
    return person if person is not None and person.pk == user_id else None
