from django.urls import path

from . import assessment

urlpatterns = [
    path("rencana/<int:pk>/penilaian/", assessment.AssessmentOne.as_view(), name="assessment"),
    path("rencana/<int:pk>/penilaian/simpan/", assessment.Rate.as_view(), name="rate"),
    path("rencana/<int:pk>/penilaian/tanggapan/", assessment.Respond.as_view(), name="respond"),
    path("rencana/<int:pk>/penilaian/keberatan/", assessment.ObjectTo.as_view(), name="object"),
    path("rencana/<int:pk>/penilaian/jawaban/", assessment.Answer.as_view(), name="answer"),
    path("rencana/<int:pk>/penilaian/terima/", assessment.Finish.as_view(), name="finish"),
    path("simulasi/", assessment.Simulate.as_view(), name="simulate"),
]
