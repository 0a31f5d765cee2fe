"""The API under /api/v1/; each app brings its own list."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
    # Split: its script comes by an address of its own, because the policy of pages allows none inside them.
    # A page has nothing to tell to OPTIONS.
    path("", SpectacularSwaggerSplitView.as_view(url_name="api_schema", http_method_names=["get"]), name="api_docs"),
    path("", include("coordination.actors.api_urls")),
    path("", include("kombel.api_urls")),
    path("kinerja/", include("kinerja.api_urls")),
    path("", include("reflection.api_urls")),
    path("", include("coordination.notices.api_urls")),
]
