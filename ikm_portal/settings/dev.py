"""The embedded portal on one machine: plain HTTP on loopback, mail to a file in the data folder."""

from . import env
from .base import *  # noqa: F403
from .base import DATA_DIR

SECRET_KEY = env.text("IKM_SECRET_KEY", "only-for-a-portal-on-this-machine")
EMAIL_BACKEND = env.text("IKM_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = DATA_DIR / "mail"
MFA_REQUIRED = env.flag("IKM_REQUIRE_MFA", False)
