"""How the API knows who asks: the browser's session, or a token that stands for one membership."""

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication, exceptions


class ActorAuthentication(authentication.SessionAuthentication):
    """The middleware has already found the actor; a session must also show its CSRF token."""

    def authenticate(self, request):
        inner = request._request
        if getattr(inner, "token_used", False):
            return inner.user, "token"
        if "Authorization" in request.headers:
            raise exceptions.AuthenticationFailed(_("Token tidak dikenal, dicabut, atau kedaluwarsa."))
        return super().authenticate(request)

    def authenticate_header(self, request) -> str:
        return "Bearer"


class ActorAuthenticationScheme(OpenApiAuthenticationExtension):
    target_class = ActorAuthentication
    name = ["sesi", "token"]

    def get_security_definition(self, auto_schema):
        return [
            {"type": "apiKey", "in": "cookie", "name": "sessionid"},
            {"type": "http", "scheme": "bearer"},
        ]
