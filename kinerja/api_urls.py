"""The API of Kinerja under /api/v1/kinerja/, a list for each stage."""

from django.urls import URLPattern, path

from .api import skp

app_name = "kinerja_api"
urlpatterns: list[URLPattern] = []
urlpatterns += [
    path("plans/<int:pk>/skp/", skp.SkpOne.as_view(), name="skp"),
]
