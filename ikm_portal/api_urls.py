"""The API under /api/v1/; each app brings its own list."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("", SpectacularSwaggerView.as_view(url_name="api_schema"), name="api_docs"),
    path("", include("coordination.actors.api_urls")),
    path("", include("kombel.api_urls")),
    path("", include("reflection.api_urls")),
    path("", include("coordination.notices.api_urls")),
]
