"""The Celery application; beat is a stateless tick, and what is due comes from the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ikm_portal.settings.dev")

app = Celery("ikm_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
