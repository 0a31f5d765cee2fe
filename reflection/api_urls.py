from django.urls import path

from .api import recap, reports

urlpatterns = [
    path("laporan/", reports.ObligationList.as_view(), name="api_reports"),
    path("laporan/<int:pk>/", reports.ReportOne.as_view(), name="api_report"),
    path("laporan/<int:pk>/komponen/<str:kind>/", reports.ComponentOne.as_view(), name="api_component"),
    path("laporan/<int:pk>/kirim/", reports.Submission.as_view(), name="api_submission"),
    path("laporan/<int:pk>/versi/<int:number>/", reports.VersionOne.as_view(), name="api_version"),
    path("laporan/<int:pk>/kolaborator/", reports.Collaborators.as_view(), name="api_collaborators"),
    path("laporan/<int:pk>/putusan/", reports.Decisions.as_view(), name="api_decisions"),
    path("rekap/", recap.Recap.as_view(), name="api_recap"),
    path("rekap/prioritas/", recap.RecapPriorities.as_view(), name="api_recap_priorities"),
    path("siklus/", recap.CycleList.as_view(), name="api_cycles"),
    path("siklus/edaran/", recap.Circulars.as_view(), name="api_circulars"),
]
