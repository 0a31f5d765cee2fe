"""The WSGI entry point: whatever serves it, it refuses to start without the tenancy wall."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ikm_portal.settings.dev")

application = get_wsgi_application()

from coordination.actors.tenancy import checks  # noqa: E402 - Django must be set up first

checks.refuse_without_wall()
