from django.urls import path

from .views import drafts, kombel, listing, meetings, people, records

app_name = "kombel"
urlpatterns = [
    path("", listing.kombel_list, name="list"),
    path("unduh/", listing.kombel_csv, name="csv"),
    path("ringkasan/", listing.kombel_summary, name="summary"),
    path("baru/", kombel.kombel_new, name="new"),
    path("pertemuan/", meetings.my_meetings, name="meetings"),
    path("pertemuan/<int:pk>/", meetings.meeting_page, name="meeting"),
    path("pertemuan/<int:pk>/catat/", meetings.meeting_change, name="meeting_change"),
    path("pertemuan/<int:pk>/catat/draf/", drafts.meeting_draft, name="meeting_draft"),
    path("pertemuan/<int:pk>/refleksi/draf/", drafts.reflection_draft, name="reflection_draft"),
    path("pertemuan/<int:pk>/refleksi/", meetings.meeting_reflection, name="reflection"),
    path("pertemuan/<int:pk>/batal/", meetings.meeting_cancel, name="meeting_cancel"),
    path("foto/<int:pk>/", meetings.photo_file, name="photo"),
    path("foto/<int:pk>/hapus/", meetings.photo_remove, name="photo_remove"),
    path("<int:pk>/", kombel.kombel_page, name="detail"),
    path("<int:pk>/ubah/", kombel.kombel_change, name="change"),
    path("<int:pk>/tutup/", kombel.kombel_close, name="close"),
    path("<int:pk>/putusan/<slug:decision>/", kombel.kombel_decide, name="decide"),
    path("<int:pk>/pertemuan/baru/", meetings.meeting_new, name="meeting_new"),
    path("<int:pk>/pertemuan/baru/draf/", drafts.meeting_new_draft, name="meeting_new_draft"),
    path("<int:pk>/pertemuan/rencana/", meetings.meeting_plan, name="meeting_plan"),
    path("<int:pk>/anggota/baru/", people.member_add, name="member_add"),
    path("<int:pk>/anggota/<int:member_pk>/", people.member_change, name="member_change"),
    path("<int:pk>/anggota/<int:member_pk>/keluar/", people.member_remove, name="member_remove"),
    path("<int:pk>/klaster/baru/", people.cluster_add, name="cluster_add"),
    path("<int:pk>/penggerak/baru/", people.leader_appoint, name="leader_appoint"),
    path("<int:pk>/penggerak/<int:leader_pk>/akhiri/", people.leader_end, name="leader_end"),
    path("<int:pk>/jadwal/baru/", records.schedule_add, name="schedule_add"),
    path("<int:pk>/jadwal/<int:schedule_pk>/hapus/", records.schedule_remove, name="schedule_remove"),
    path("<int:pk>/pmm/", records.pmm, name="pmm"),
    path("<int:pk>/peran/<slug:letter>/", records.duty, name="duty"),
    path("<int:pk>/hubungi/", records.contact, name="contact"),
]
