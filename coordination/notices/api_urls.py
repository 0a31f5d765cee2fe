from django.urls import path

from . import api

urlpatterns = [
    path("pemberitahuan/", api.NoticeList.as_view(), name="api_notices"),
    path("pemberitahuan/dibaca/", api.NoticeReadAll.as_view(), name="api_notices_read"),
    path("pemberitahuan/<int:pk>/dibaca/", api.NoticeRead.as_view(), name="api_notice_read"),
]
