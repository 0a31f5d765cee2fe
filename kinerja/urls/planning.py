from django.urls import path, register_converter

from ..models import SectionCode
from ..views import planning, planning_rapor, planning_sections, planning_sending


class SectionConverter:
    """One of the four parts of a plan, so that other words after a plan's number stay free."""

    regex = "|".join(SectionCode.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(SectionConverter, "section")

urlpatterns = [
    path("", planning.mine, name="mine"),
    path("mulai/<str:code>/", planning.start, name="start"),
    path("rencana/<int:pk>/", planning.hub, name="hub"),
    path("rencana/<int:pk>/salin/", planning.copy, name="copy"),
    path("rencana/<int:pk>/data-pegawai/", planning.employee, name="employee"),
    path("rencana/<int:pk>/<section:section>/", planning_sections.section, name="section"),
    path("rencana/<int:pk>/<section:section>/draf/", planning_sections.draft, name="section_draft"),
    path("rencana/<int:pk>/perilaku/<slug:value>/", planning_sections.value, name="value"),
    path("rencana/<int:pk>/perilaku/<slug:value>/draf/", planning_sections.value_draft, name="value_draft"),
    path("rencana/<int:pk>/rangkuman/", planning_sending.summary, name="summary"),
    path("rencana/<int:pk>/terkirim/", planning_sending.receipt, name="receipt"),
    path("rencana/<int:pk>/tarik/", planning_sending.withdraw, name="withdraw"),
    path("rencana/<int:pk>/ubah/", planning_sending.amend, name="amend"),
    path("rencana/<int:pk>/batal-ubah/", planning_sending.keep, name="keep"),
    path("rapor/", planning_rapor.rapor, name="rapor"),
    path("rapor/impor/", planning_rapor.load, name="rapor_import"),
    path("rapor/templat.csv", planning_rapor.template, name="rapor_template"),
]
