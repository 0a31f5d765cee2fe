from django.urls import path

from ..views import reports, sending, team

urlpatterns = [
    path("laporan/", reports.report_list, name="reports"),
    path("laporan/<int:pk>/mulai/", reports.start, name="report_start"),
    path("laporan/<int:pk>/", reports.report_detail, name="report"),
    path("laporan/<int:pk>/isi-awal/", reports.prefill, name="report_prefill"),
    path("laporan/<int:pk>/komponen/<str:kind>/", reports.component, name="component"),
    path("laporan/<int:pk>/komponen/<str:kind>/draf/", reports.autosave, name="component_draft"),
    path("laporan/<int:pk>/prioritas/<int:priority_pk>/", reports.trace, name="trace"),
    path("laporan/<int:pk>/sumber/<int:source_pk>/lepas/", reports.source_drop, name="source_drop"),
    path("laporan/<int:pk>/tim/", team.team, name="report_team"),
    path("laporan/<int:pk>/tim/<int:collaborator_pk>/keluar/", team.remove, name="collaborator_remove"),
    path("laporan/<int:pk>/tim/<int:collaborator_pk>/pj/", team.make_pj, name="collaborator_pj"),
    path("laporan/<int:pk>/periksa/", sending.check, name="report_check"),
    path("laporan/<int:pk>/terkirim/", sending.receipt, name="report_receipt"),
    path("laporan/<int:pk>/versi/<int:number>/", sending.version, name="version"),
    path("laporan/<int:pk>/versi/<int:number>/pdf/", sending.version_pdf, name="version_pdf"),
    path("laporan/<int:pk>/banding/", sending.compare, name="report_compare"),
    path("laporan/<int:pk>/putusan/", sending.decide, name="report_decide"),
]
