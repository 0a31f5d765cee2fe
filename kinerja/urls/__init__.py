"""Addresses of Kinerja, a list for each stage."""

from django.urls import URLPattern

from . import assessment, counts, decision, execution, planning, skp, why

app_name = "kinerja"
urlpatterns: list[URLPattern] = []
urlpatterns += decision.urlpatterns
urlpatterns += execution.urlpatterns
urlpatterns += planning.urlpatterns
urlpatterns += skp.urlpatterns
urlpatterns += counts.urlpatterns
urlpatterns += why.urlpatterns
urlpatterns += assessment.urlpatterns
