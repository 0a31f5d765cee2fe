"""Addresses of Kinerja, a list for each stage."""

app_name = "kinerja"
urlpatterns: list = []
