"""The roof: settings, addresses, homes and the services the portal runs on. Nobody imports it."""

from .celery import app as celery_app

__all__ = ["celery_app"]
