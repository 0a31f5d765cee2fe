"""Gives each request its actor and puts it, from the view to the rendered page, into that actor's scope."""

import logging

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.utils.cache import patch_vary_headers
from rest_framework.permissions import SAFE_METHODS

from .actor import Actor, actor_for
from .tenancy.scope import NOBODY, enter, reading
from .tokens import user_of_token

SESSION_KEY = "membership"
logger = logging.getLogger(__name__)


class ActorMiddleware:
    """One scope per request. What changes something is one transaction, which an exception or a 5xx answer undoes.

    What only reads has none: the database is not held while a page is drawn, and PostgreSQL refuses any change.
    Addresses in CHANGING_PATHS change something although they are read; those in SCOPELESS_PATHS (the health check)
    ask no tenant data and must answer without a database.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path in settings.SCOPELESS_PATHS:
            return self.get_response(request)
        request.actor = self._actor(request)
        scope = request.actor.scope if request.user.is_authenticated else NOBODY
        with (reading if _only_reads(request) else enter)(scope):
            response = self.get_response(request)
            if response.status_code >= 500:
                _undo()
        patch_vary_headers(response, ["Cookie"])
        response.headers.setdefault("Cache-Control", "private")
        return response

    def process_exception(self, request, exception):
        _undo()
        if isinstance(exception, ProgrammingError) and getattr(exception.__cause__, "pgcode", "") == "42501":
            logger.warning("the wall refused %s %s: %s", request.method, request.path, exception)
            # The wall itself refused: to the user this is simply something they may not do.
            raise PermissionDenied from exception

    def _actor(self, request) -> Actor:
        if request.path.startswith("/api/") and "Authorization" in request.headers:
            user, membership_id = user_of_token(request.headers["Authorization"])
            if user is not None:
                request.user = user
                request.token_used = True
                return actor_for(user, membership_id, exactly=True)
        return actor_for(request.user, request.session.get(SESSION_KEY))


def _only_reads(request) -> bool:
    return request.method in SAFE_METHODS and not settings.CHANGING_PATHS.match(request.path)


def _undo() -> None:
    if connection.in_atomic_block:
        transaction.set_rollback(True)
