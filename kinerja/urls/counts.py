from django.urls import path

from ..views import counts

urlpatterns = [
    path("capaian/", counts.show_progress, name="progress"),
    path("capaian/jelaskan/", counts.explain, name="explain"),
]
