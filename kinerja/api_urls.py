"""The API of Kinerja under /api/v1/kinerja/, a list for each stage."""

from django.urls import URLPattern, path

from .api import assessment_urls, counts, decision, execution, planning, skp

app_name = "kinerja_api"
urlpatterns: list[URLPattern] = []
urlpatterns += [
    path("persetujuan/", decision.Queue.as_view(), name="queue"),
    path("persetujuan/<int:pk>/", decision.PlanOne.as_view(), name="decide"),
    path("persetujuan/<int:pk>/setujui/", decision.Approve.as_view(), name="approve"),
    path("persetujuan/<int:pk>/kembalikan/", decision.Return.as_view(), name="return"),
]
urlpatterns += [
    path("plans/<int:pk>/skp/", skp.SkpOne.as_view(), name="skp"),
    path("plans/<int:pk>/skp/send/", skp.SkpSend.as_view(), name="skp_send"),
    path("deliveries/", skp.DeliveryList.as_view(), name="deliveries"),
    path("progress/", counts.ProgressView.as_view(), name="progress"),
    path("progress/explain/", counts.ExplainView.as_view(), name="explain"),
]
urlpatterns += [
    path("plans/", planning.PlanList.as_view(), name="plans"),
    path("plans/<int:pk>/", planning.PlanOne.as_view(), name="plan"),
    path("plans/<int:pk>/sections/<str:code>/", planning.SectionOne.as_view(), name="section"),
    path("plans/<int:pk>/submit/", planning.Submission.as_view(), name="submit"),
    path("plans/<int:pk>/withdraw/", planning.Withdrawal.as_view(), name="withdraw"),
    path("plans/<int:pk>/amend/", planning.Amendment.as_view(), name="amend"),
    path("plans/<int:pk>/keep/", planning.Keeping.as_view(), name="keep"),
]
urlpatterns += assessment_urls.urlpatterns
urlpatterns += [
    path("plans/<int:pk>/observation/", execution.ObservationOne.as_view(), name="observation"),
    path("plans/<int:pk>/observation/<slug:step>/", execution.ObservationStep.as_view(), name="observation_step"),
    path("plans/<int:pk>/evidence/", execution.EvidenceList.as_view(), name="evidence"),
    path("evidence/<int:pk>/file/", execution.EvidenceFile.as_view(), name="evidence_file"),
    path("evidence/<int:pk>/withdrawal/", execution.EvidenceWithdrawal.as_view(), name="evidence_withdrawal"),
]
