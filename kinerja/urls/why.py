from django.urls import path

from ..views import why

urlpatterns = [
    path("rencana/<int:pk>/mengapa/<slug:action>/", why.why, name="why"),
    path("rencana/<int:pk>/mengapa-bagian/<slug:section>/", why.why_section, name="why_section"),
]
