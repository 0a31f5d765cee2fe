from django.urls import path

from . import help, views

urlpatterns = [
    path("", views.home, name="home"),
    path("bantuan/", help.help_page, name="help"),
    path("bantuan/<slug:name>/", help.help_page, name="help_guide"),
]
