from django.urls import path

from ..views import recap

urlpatterns = [
    path("rekap/", recap.recap, name="recap"),
    path("rekap/upt/", recap.rows, name="recap_rows"),
    path("rekap/prioritas/", recap.priority_list, name="recap_priorities"),
]
