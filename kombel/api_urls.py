from django.urls import path

from . import api

urlpatterns = [
    path("kombel/", api.KombelList.as_view(), name="api_kombel"),
    path("kombel/<int:pk>/", api.KombelDetail.as_view(), name="api_kombel_one"),
    path("kombel/<int:pk>/pertemuan/", api.MeetingList.as_view(), name="api_meetings"),
    path("kombel/pertemuan/<int:pk>/refleksi/", api.Reflection.as_view(), name="api_reflection"),
]
