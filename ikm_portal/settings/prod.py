"""A server behind nginx with TLS; every secret comes from the environment and is checked at start."""

from django.core.exceptions import ImproperlyConfigured

from . import env
from .base import *  # noqa: F403
from .base import DEMO, SECRET_KEY

if len(SECRET_KEY) < 40:
    raise ImproperlyConfigured("IKM_SECRET_KEY must be set to at least 40 random characters")
if DEMO:
    raise ImproperlyConfigured("IKM_DEMO is for a trial on one machine, never for a server")

EMAIL_BACKEND = env.text("IKM_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
# nginx writes X-Forwarded-For anew, so its one entry is the visitor: rate limits count by it.
ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.flag("IKM_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
