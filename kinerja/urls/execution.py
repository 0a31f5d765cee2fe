from django.urls import path

from ..views import execution, execution_evidence

urlpatterns = [
    path("observasi/", execution.observations, name="observations"),
    path("rencana/<int:pk>/observasi/", execution.observation, name="observation"),
    path("bukti/", execution_evidence.evidence_mine, name="evidence_mine"),
    path("bukti/<int:pk>/berkas/", execution_evidence.evidence_file, name="evidence_file"),
    path("bukti/<int:pk>/tarik/", execution_evidence.evidence_remove, name="evidence_remove"),
    path("rencana/<int:pk>/bukti/", execution_evidence.evidence_list, name="evidence"),
    path("rencana/<int:pk>/bukti/<int:item>/baru/", execution_evidence.evidence_add, name="evidence_add"),
]
