from django.urls import path

from ..views import cycles

urlpatterns = [
    path("siklus/", cycles.cycle_list, name="cycles"),
    path("siklus/siapkan/", cycles.plan, name="cycles_plan"),
    path("siklus/<str:code>/", cycles.cycle_detail, name="cycle"),
    path("siklus/<str:code>/edaran/", cycles.circular, name="circular_new"),
]
