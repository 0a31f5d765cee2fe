"""All addresses of the portal; each app brings its own list."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("ikm_portal.home_urls")),
    path("", include("ikm_portal.shell_urls")),
    path("", include("ikm_portal.health")),
    path("", include("coordination.actors.urls")),
    path("akun/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
