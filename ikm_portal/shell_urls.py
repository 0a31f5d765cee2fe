from django.urls import path

from . import preferences, styleguide

urlpatterns = [
    path("tampilan/", preferences.set_theme, name="set_theme"),
    path("bahasa/", preferences.set_language, name="set_language"),
    *styleguide.urlpatterns(),
]
