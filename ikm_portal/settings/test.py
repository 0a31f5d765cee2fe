"""Tests on real PostgreSQL as the owning role; each request switches to the role of its scope."""

from . import env
from .base import *  # noqa: F403
from .base import DATABASES, STORAGES

SECRET_KEY = "tests-only"  # noqa: S105
DATABASES["default"]["OPTIONS"]["assume_role"] = "portal_own"
DATABASES["default"]["TEST"] = {"NAME": env.text("IKM_TEST_DB", "test_portal")}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
# No static files are collected for the tests.
WHITENOISE_AUTOREFRESH = True
STYLEGUIDE = True
# Tests go on to another month, or back, without logging in once more.
SESSION_COOKIE_AGE = 60 * 60 * 24 * 365 * 30
MFA_REQUIRED = False
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]
