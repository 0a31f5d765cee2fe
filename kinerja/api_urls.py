"""The API of Kinerja under /api/v1/kinerja/, a list for each stage."""

from django.urls import URLPattern, path

from .api import assessment_urls, counts, skp

app_name = "kinerja_api"
urlpatterns: list[URLPattern] = []
urlpatterns += [
    path("plans/<int:pk>/skp/", skp.SkpOne.as_view(), name="skp"),
    path("progress/", counts.ProgressView.as_view(), name="progress"),
    path("progress/explain/", counts.ExplainView.as_view(), name="explain"),
]
urlpatterns += assessment_urls.urlpatterns
