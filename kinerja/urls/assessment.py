from django.urls import path

from ..views import assessment_credit, assessment_rating, assessment_result

urlpatterns = [
    path("penilaian/", assessment_rating.assessments, name="assessments"),
    path("penilaian/<int:pk>/", assessment_rating.assess, name="assess"),
    path("penilaian/<int:pk>/draf/", assessment_rating.assess_draft, name="assess_draft"),
    path("penilaian/<int:pk>/jawab/", assessment_rating.answer, name="answer"),
    path("rencana/<int:pk>/hasil/", assessment_result.result, name="result"),
    path("rencana/<int:pk>/hasil/tanggapan/", assessment_result.response, name="respond"),
    path("rencana/<int:pk>/hasil/keberatan/", assessment_result.objection, name="object"),
    path("rencana/<int:pk>/hasil/terima/", assessment_result.finish, name="finish"),
    path("simulasi/", assessment_credit.simulator, name="simulator"),
    path("angka-kredit/", assessment_credit.credit, name="credit"),
    path("angka-kredit/pdf/", assessment_credit.credit_pdf, name="credit_pdf"),
]
