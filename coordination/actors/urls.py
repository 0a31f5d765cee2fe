from django.urls import path

from .views import addresses, exports, invitations, members, roles, school_imports, schools, tokens

urlpatterns = [
    # Before allauth's own page of the same address.
    path("akun/email/", addresses.AddressView.as_view(), name="account_email"),
    path("peran/", roles.switch_role, name="switch_role"),
    path("undangan/<str:secret>/", invitations.invitation, name="invitation"),
    path("token/", tokens.token_list, name="tokens"),
    path("token/<int:pk>/cabut/", tokens.token_revoke, name="token_revoke"),
    path("anggota/", members.member_list, name="members"),
    path("anggota/undang/", members.invite_member, name="member_invite"),
    path("anggota/undangan/<int:pk>/kirim/", members.resend_invitation, name="invitation_resend"),
    path("anggota/undangan/<int:pk>/tarik/", members.cancel_invitation, name="invitation_withdraw"),
    path("anggota/<int:pk>/", members.member_detail, name="member"),
    path("anggota/<int:pk>/akhiri/", members.end_member, name="member_end"),
    path("anggota/<int:pk>/pindah/", members.transfer_member, name="member_transfer"),
    path("anggota/<int:pk>/nonaktif/", members.deactivate_member, name="member_deactivate"),
    path("anggota/<int:pk>/sekolah/", members.add_reach, name="reach_add"),
    path("anggota/<int:pk>/sekolah/<int:reach_pk>/lepas/", members.remove_reach, name="reach_remove"),
    path("unduhan/", exports.export_list, name="exports"),
    path("unduhan/<int:pk>/", exports.export_detail, name="export"),
    path("unduhan/<int:pk>/berkas.csv", exports.export_file, name="export_file"),
    path("sekolah/", schools.school_list, name="school_list"),
    path("sekolah/impor/", school_imports.import_list, name="school_imports"),
    path("sekolah/impor/templat.<str:form>", school_imports.import_template, name="school_import_template"),
    path("sekolah/impor/<int:pk>/", school_imports.import_detail, name="school_import"),
    path("sekolah/impor/<int:pk>/jalankan/", school_imports.import_run, name="school_import_run"),
    path("sekolah/impor/<int:pk>/batalkan/", school_imports.import_undo, name="school_import_undo"),
    path("sekolah/impor/<int:pk>/baris-salah.csv", school_imports.import_wrong_rows, name="school_import_wrong"),
    path("sekolah/<str:npsn>/", schools.school_detail, name="school_detail"),
]
