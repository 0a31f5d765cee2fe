from django.urls import path

from . import views

urlpatterns = [path("peran/", views.switch_role, name="switch_role")]
