from django.urls import path

from . import api, api_school_imports

urlpatterns = [
    path("saya/", api.Me.as_view(), name="api_me"),
    path("wilayah/", api.WilayahList.as_view(), name="api_wilayah"),
    path("kantor/", api.OrganisationList.as_view(), name="api_organisations"),
    path("sekolah/", api.SchoolList.as_view(), name="api_schools"),
    path("sekolah/impor/", api_school_imports.SchoolImportList.as_view(), name="api_school_imports"),
    path("sekolah/impor/<int:pk>/", api_school_imports.SchoolImportDetail.as_view(), name="api_school_import"),
    path("sekolah/impor/<int:pk>/baris/", api_school_imports.SchoolImportRows.as_view(), name="api_import_rows"),
    path(
        "sekolah/impor/<int:pk>/baris-salah/",
        api_school_imports.SchoolImportRefused.as_view(),
        name="api_import_refused",
    ),
    path("sekolah/impor/<int:pk>/jalankan/", api_school_imports.SchoolImportRun.as_view(), name="api_import_run"),
    path("sekolah/impor/<int:pk>/batalkan/", api_school_imports.SchoolImportUndo.as_view(), name="api_import_undo"),
    path("sekolah/<str:npsn>/", api.SchoolDetail.as_view(), name="api_school"),
    path("anggota/", api.MemberList.as_view(), name="api_members"),
    path("anggota/<int:pk>/akhiri/", api.MemberEnd.as_view(), name="api_member_end"),
    path("undangan/", api.InvitationCreate.as_view(), name="api_invitations"),
]
