from django.urls import include, path

from .views import drafts, kombel, listing, meetings, people, records

app_name = "kombel"
OF_KOMBEL = [
    path("", kombel.kombel_page, name="detail"),
    path("ubah/", kombel.kombel_change, name="change"),
    path("tutup/", kombel.kombel_close, name="close"),
    path("putusan/<slug:decision>/", kombel.kombel_decide, name="decide"),
    path("pertemuan/baru/", meetings.meeting_new, name="meeting_new"),
    path("pertemuan/baru/draf/", drafts.meeting_new_draft, name="meeting_new_draft"),
    path("pertemuan/rencana/", meetings.meeting_plan, name="meeting_plan"),
    path("anggota/baru/", people.member_add, name="member_add"),
    path("anggota/<int:member_pk>/", people.member_change, name="member_change"),
    path("anggota/<int:member_pk>/keluar/", people.member_remove, name="member_remove"),
    path("klaster/baru/", people.cluster_add, name="cluster_add"),
    path("penggerak/baru/", people.leader_appoint, name="leader_appoint"),
    path("penggerak/<int:leader_pk>/akhiri/", people.leader_end, name="leader_end"),
    path("jadwal/baru/", records.schedule_add, name="schedule_add"),
    path("jadwal/<int:schedule_pk>/hapus/", records.schedule_remove, name="schedule_remove"),
    path("pmm/", records.pmm, name="pmm"),
    path("peran/<slug:letter>/", records.duty, name="duty"),
    path("hubungi/", records.contact, name="contact"),
]
OF_MEETING = [
    path("", meetings.meeting_page, name="meeting"),
    path("catat/", meetings.meeting_change, name="meeting_change"),
    path("catat/draf/", drafts.meeting_draft, name="meeting_draft"),
    path("refleksi/draf/", drafts.reflection_draft, name="reflection_draft"),
    path("refleksi/", meetings.meeting_reflection, name="reflection"),
    path("batal/", meetings.meeting_cancel, name="meeting_cancel"),
]
urlpatterns = [
    path("", listing.kombel_list, name="list"),
    path("unduh/", listing.kombel_csv, name="csv"),
    path("ringkasan/", listing.kombel_summary, name="summary"),
    path("baru/", kombel.kombel_new, name="new"),
    path("pertemuan/", meetings.my_meetings, name="meetings"),
    path("foto/<int:pk>/", meetings.photo_file, name="photo"),
    path("foto/<int:pk>/hapus/", meetings.photo_remove, name="photo_remove"),
    path("<int:pk>/", include(OF_KOMBEL)),
    path("pertemuan/<int:pk>/", include(OF_MEETING)),
]
