"""Addresses of Kinerja, a list for each stage."""

from django.urls import URLPattern

from . import decision, why

app_name = "kinerja"
urlpatterns: list[URLPattern] = []
urlpatterns += decision.urlpatterns
urlpatterns += why.urlpatterns
