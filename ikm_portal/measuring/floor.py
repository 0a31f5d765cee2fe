"""The floor: what Django, gunicorn and PostgreSQL cost by themselves on this machine.

One view, one query of the same 50 kombel, one template; no middleware, no login, no scope, no frame around the
page. Served by the same gunicorn configuration, over the same database, as the portal it is compared with.
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


class School(models.Model):
    name = models.CharField(max_length=160)

    class Meta:
        app_label = "floor"
        db_table = "actors_school"
        managed = False

    def __str__(self) -> str:
        return self.name


class Kombel(models.Model):
    """The same rows as the portal's list, as any Django site would read them."""

    name = models.CharField(max_length=120)
    school = models.ForeignKey(School, models.DO_NOTHING)
    state = models.CharField(max_length=11)
    last_meeting = models.DateField()
    quiet_since = models.DateField()
    penggerak = models.CharField(max_length=250)
    members = models.PositiveIntegerField()

    class Meta:
        app_label = "floor"
        db_table = "kombel_kombel"
        managed = False

    def __str__(self) -> str:
        return self.name


def kombel_list(request: HttpRequest) -> HttpResponse:
    rows = Kombel._default_manager.select_related("school").order_by("quiet_since", "id")[:ROWS]
    return render(request, "list.html", {"rows": rows})


urlpatterns = [path("", kombel_list)]
application = get_wsgi_application()
