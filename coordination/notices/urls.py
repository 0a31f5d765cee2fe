from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("dibaca/", views.read_all, name="read_all"),
    path("pengaturan/", views.settings, name="settings"),
    path("pengingat/", views.reminder_list, name="reminders"),
    path("surel-bermasalah/", views.trouble_list, name="troubles"),
    path("surel-bermasalah/<int:pk>/", views.settle, name="settle"),
    path("<int:pk>/", views.open_notice, name="open"),
]
