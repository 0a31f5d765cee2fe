"""The roof's Django application and the admin site behind the portal's own login."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    name = "ikm_portal"
    verbose_name = "Portal IKM"

    def ready(self) -> None:
        # Tasks of all apps bind to this Celery application, also when the web server queues them.
        from . import celery  # noqa: F401


class PortalAdminConfig(AdminConfig):
    default_site = "ikm_portal.admin_site.PortalAdminSite"
