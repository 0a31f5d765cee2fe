"""The roof's Django application and the admin site behind the portal's own login."""

import logging

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig

logger = logging.getLogger(__name__)


class PortalConfig(AppConfig):
    name = "ikm_portal"
    verbose_name = "Portal IKM"

    def ready(self) -> None:
        # Tasks of all apps bind to this Celery application, also when the web server queues them.
        from . import celery  # noqa: F401
        from .catalogues import compile_stale

        try:
            compile_stale()
        except OSError as problem:  # a read-only installation brings its .mo files along
            logger.warning("catalogues not compiled: %s", problem)


class PortalAdminConfig(AdminConfig):
    default_site = "ikm_portal.admin_site.PortalAdminSite"
