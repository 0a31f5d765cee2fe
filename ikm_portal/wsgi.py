"""The WSGI entry point: whatever serves it, it refuses to start without the tenancy wall."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ikm_portal.settings.dev")

application = get_wsgi_application()

from coordination.actors.tenancy import checks  # noqa: E402 - Django must be set up first

checks.refuse_without_wall()

# What is loaded once (every view, form and model) is never garbage. Left among the rest, the collector would walk
# through all of it again every few dozen requests.
get_resolver().url_patterns  # noqa: B018 - asking loads them
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
