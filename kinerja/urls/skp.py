from django.urls import path, re_path

from ..views import skp

urlpatterns = [
    path("rencana/<int:pk>/skp/", skp.skp_page, name="skp"),
    re_path(r"^rencana/(?P<pk>[0-9]+)/skp\.(?P<form>pdf|xlsx|json)$", skp.skp_file, name="skp_file"),
]
