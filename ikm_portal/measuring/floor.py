"""The floor: what Django, gunicorn and PostgreSQL cost by themselves on this machine.

One view, one query of 50 rows, one template with five cells a row; no middleware, no login, no scope, no frame
around the page. Served by the same gunicorn configuration, over the same database, as the portal beside it.
"""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from ikm_portal.settings import env

ROWS = 50

if not settings.configured:
    settings.configure(
        SECRET_KEY=os.urandom(32).hex(),
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": env.database(os.environ["DATABASE_URL"]) | {"CONN_MAX_AGE": 600}},
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [Path(__file__).parent / "floor_templates"],
            }
        ],
        USE_TZ=True,
    )
    django.setup()


class Region(models.Model):
    """A row of the portal's list of regions, read as any Django site would."""

    code = models.CharField(primary_key=True, max_length=8)
    level = models.CharField(max_length=10)
    name = models.CharField(max_length=80)
    above = models.CharField(max_length=8, db_column="parent_id", blank=True)
    time_zone = models.CharField(max_length=32)

    objects: models.Manager = models.Manager()

    class Meta:
        app_label = "floor"
        db_table = "actors_wilayah"
        managed = False

    def __str__(self) -> str:
        return self.name


def region_list(request: HttpRequest) -> HttpResponse:
    rows = Region.objects.filter(level="kecamatan").order_by("code")[:ROWS]
    return render(request, "list.html", {"rows": rows})


urlpatterns = [path("", region_list)]
application = get_wsgi_application()
