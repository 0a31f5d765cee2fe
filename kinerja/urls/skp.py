from django.urls import path, re_path

from ..views import skp

urlpatterns = [
    path("rencana/<int:pk>/skp/", skp.skp_page, name="skp"),
    path("rencana/<int:pk>/skp/kirim/", skp.skp_send, name="skp_send"),
    path("pengiriman/", skp.deliveries, name="deliveries"),
    re_path(r"^rencana/(?P<pk>[0-9]+)/skp\.(?P<form>pdf|xlsx|json)$", skp.skp_file, name="skp_file"),
]
