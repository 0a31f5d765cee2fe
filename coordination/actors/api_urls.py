from django.urls import path

from . import api

urlpatterns = [
    path("saya/", api.Me.as_view(), name="api_me"),
    path("wilayah/", api.WilayahList.as_view(), name="api_wilayah"),
    path("kantor/", api.OrganisationList.as_view(), name="api_organisations"),
    path("sekolah/", api.SchoolList.as_view(), name="api_schools"),
    path("sekolah/<str:npsn>/", api.SchoolDetail.as_view(), name="api_school"),
    path("anggota/", api.MemberList.as_view(), name="api_members"),
    path("anggota/<int:pk>/akhiri/", api.MemberEnd.as_view(), name="api_member_end"),
    path("undangan/", api.InvitationCreate.as_view(), name="api_invitations"),
]
