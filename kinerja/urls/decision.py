from django.urls import path

from ..views import decision as views
from ..views import decision_history as history

urlpatterns = [
    path("persetujuan/", views.queue, name="queue"),
    path("persetujuan/tanpa-rencana/", views.without_plan, name="without_plan"),
    path("persetujuan/<int:pk>/", views.decide, name="decide"),
    path("rencana/<int:pk>/riwayat/", history.timeline, name="timeline"),
    path("rencana/<int:pk>/versi/<int:number>/", history.version, name="version"),
    path("rencana/<int:pk>/banding/", history.compare, name="compare"),
]
