"""All addresses of the portal; each app brings its own list."""

from django.contrib import admin
from django.urls import include, path

# Those most asked for first; "akun/" and "admin/" come after what the portal has of its own below them.
urlpatterns = [
    path("kombel/", include("kombel.urls")),
    path("kinerja/", include("kinerja.urls")),
    path("pemberitahuan/", include("coordination.notices.urls")),
    path("", include("ikm_portal.home_urls")),
    path("", include("ikm_portal.shell_urls")),
    path("", include("ikm_portal.health")),
    path("", include("coordination.actors.urls")),
    path("", include("reflection.urls")),
    path("akun/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("ikm_portal.api_urls")),
]

handler400 = "ikm_portal.errors.bad_request"
handler403 = "ikm_portal.errors.permission_denied"
handler404 = "ikm_portal.errors.page_not_found"
handler429 = "ikm_portal.errors.handler429"  # read by allauth's rate limits
handler500 = "ikm_portal.errors.server_error"
