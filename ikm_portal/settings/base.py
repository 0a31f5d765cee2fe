"""Settings shared by every way the portal runs; dev, test and prod change only what differs."""

import re
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from . import env

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.text("IKM_DATA", str(BASE_DIR / ".portal")))

SECRET_KEY = env.text("IKM_SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = env.words("IKM_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("IKM_ORIGINS")
DEMO = env.flag("IKM_DEMO", False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "ikm_portal.apps.PortalConfig",
    "ikm_portal.apps.PortalAdminConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "guardian",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "coordination.actors",
    "coordination.notices",
    "kombel",
    "kinerja",
    "reflection",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ikm_portal.responses.HeadMiddleware",
    "ikm_portal.responses.CompressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ikm_portal.preferences.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "ikm_portal.errors.PortalLoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ikm_portal.responses.PolicyMiddleware",
    "ikm_portal.errors.RefusalMiddleware",
    "coordination.actors.middleware.ActorMiddleware",
    "ikm_portal.errors.ReadableMiddleware",
    "coordination.actors.login.SecondStepMiddleware",
    # Innermost, so that it asks for a password again before the ActorMiddleware gives the transaction up.
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "ikm_portal.urls"
WSGI_APPLICATION = "ikm_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ikm_portal.context.shell",
            ],
        },
    }
]

FORM_RENDERER = "coordination.actors.widgets.PortalRenderer"

DATABASES = {"default": env.database(env.text("DATABASE_URL", "postgresql:///portal"))}
DATABASES["default"]["CONN_MAX_AGE"] = int(env.text("IKM_CONN_MAX_AGE", "600"))
# pgbouncer in transaction mode hands a connection to somebody else between two transactions, and a scope's settings
# travel with its first statement (docs/decisions/024): psycopg2 answers with the last of both, psycopg 3 would not.
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
if env.text("IKM_ASSUME_ROLE"):
    DATABASES["default"]["OPTIONS"]["assume_role"] = env.text("IKM_ASSUME_ROLE")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

BROKER_URL = env.text("BROKER_URL", "redis://127.0.0.1:6379/0")
# redis-py and Celery spell a socket address differently.
SOCKET_BROKER = BROKER_URL.startswith("unix://")
CACHES = {
    "default": {
        "BACKEND": "ikm_portal.caching.PortalCache",
        "LOCATION": BROKER_URL + ("?db=1" if SOCKET_BROKER else "").replace("/0?", "?"),
        "KEY_PREFIX": "ikm",
    }
}
SESSION_ENGINE = "coordination.actors.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True

CELERY_BROKER_URL = BROKER_URL.replace("unix://", "redis+socket://") if SOCKET_BROKER else BROKER_URL
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 14 * 60
# After a lost worker an unacknowledged message returns only when this has passed, so it stays just
# above the longest task.
# A request that asks for work after its commit must not wait for a broker that is away: the tick does it too.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 20 * 60,
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.2,
    "interval_max": 0.2,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"

AUTHENTICATION_BACKENDS = [
    "coordination.actors.backends.PortalBackend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTH_USER_MODEL = "actors.User"
# Answered without a scope, and so without a database.
SCOPELESS_PATHS = {"/healthz"}
# Read and yet changing something: allauth notes an account's address and that recovery codes were looked at, the list
# of reports claims grants that waited for somebody's address.
CHANGING_PATHS = re.compile(r"/akun/|/laporan/$")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "coordination.actors.login.PortalAccountAdapter"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_REQUIRED = env.flag("IKM_REQUIRE_MFA", True)
# An account comes from an invitation or from the server's operator, never from a form that anybody may fill in.
MFA_ALLOW_UNVERIFIED_EMAIL = True
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "ikm_portal" / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

# The page that shows every part of the interface, for tests.
STYLEGUIDE = env.flag("IKM_STYLEGUIDE", False)

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "media")},
    },
    "staticfiles": {"BACKEND": "ikm_portal.static_files.PortalStaticFiles"},
}
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 365
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

EMAIL_BACKEND = env.text("IKM_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env.text("IKM_SMTP_HOST", "localhost")
EMAIL_PORT = int(env.text("IKM_SMTP_PORT", "25"))
EMAIL_HOST_USER = env.text("IKM_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("IKM_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("IKM_SMTP_TLS", False)
EMAIL_TIMEOUT = float(env.text("IKM_SMTP_TIMEOUT", "15"))
NOTICE_KEEP_DAYS = int(env.text("IKM_NOTICE_KEEP_DAYS", "400"))
DEFAULT_FROM_EMAIL = env.text("IKM_MAIL_FROM", "Portal IKM <portal@localhost>")
PORTAL_URL = env.text("IKM_URL", "http://localhost:8000")

# Where finished SKP are sent to (docs/kinerja/ekinerja.md); without an address nothing is ever sent.
EKINERJA_URL = env.text("IKM_EKINERJA_URL")
EKINERJA_SECRET = env.text("IKM_EKINERJA_SECRET")
EKINERJA_TIMEOUT = float(env.text("IKM_EKINERJA_TIMEOUT", "10"))
EKINERJA_AUTOMATIC = env.flag("IKM_EKINERJA_AUTOMATIC", False)

CSRF_FAILURE_VIEW = "ikm_portal.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "base-uri": ["'none'"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["coordination.actors.authentication.ActorAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": [
        "coordination.actors.parsers.ReadableJSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "EXCEPTION_HANDLER": "coordination.actors.api_errors.exception_handler",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Portal IKM",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    # The same field name has other choices elsewhere, and a name made of a hash says nothing.
    "ENUM_NAME_OVERRIDES": {
        "KombelKindEnum": "kombel.models.kombel.Kombel.Kind",
        "LevelEnum": "kinerja.models.assessment.Level",
        "WilayahLevelEnum": "coordination.actors.models.schools.School.Level",
        "EvidenceKindEnum": "kinerja.models.execution.Evidence.Kind",
        "MeetingModeEnum": "kombel.models.meetings.Mode",
        "SessionModeEnum": "reflection.models.sessions.Session.Mode",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"refusals": {"()": "ikm_portal.logs.ShortRefusals"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": env.text("IKM_LOG_LEVEL", "INFO")},
}
