"""The simulator "Bagaimana jika?" and the year's angka kredit."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coordination.actors.actor import AT_SCHOOL, Actor
from coordination.actors.posting import form_page

from ..documents.credits import credits_pdf
from ..forms.assessment import SimulatorForm, YearForm
from ..selectors.credits import Year, own_plans, year_of
from ..selectors.simulation import simulate, simulation_start
from .tables import predicate_rows


def _employee(request: HttpRequest) -> Actor:
    """The actor, if theirs is a role with plans of its own."""
    if request.actor.role not in AT_SCHOOL:
        raise PermissionDenied
    return request.actor


@require_safe
def simulator(request: HttpRequest) -> HttpResponse:
    """What if: predicate and angka kredit of a rating that nobody has given; nothing is stored."""
    actor = _employee(request)
    plans = list(own_plans(actor))
    start = simulation_start(actor, plans, request.GET.get("rencana", ""))
    asked = "hasil" in request.GET
    data = request.GET if asked else None
    form = SimulatorForm(data, plans=plans, pack=start.pack, initial=start.initial)
    context: dict[str, Any] = {"form": form, "pack": start.pack, "plan": start.plan}
    if asked and form.is_valid():
        given = form.cleaned_data
        found = simulate(
            actor,
            start,
            hasil=given["hasil"],
            perilaku=given["perilaku"],
            position=given["jabatan"],
            months=given["bulan"],
        )
        context |= {"found": found, "table": predicate_rows(start.pack, given["hasil"], given["perilaku"])}
    return form_page(request, "kinerja/assessment/simulator.html", context)


@require_safe
def credit(request: HttpRequest) -> HttpResponse:
    """AK of a year, part by part, with what is missing; prints as it stands."""
    year = _year(request)
    context = {"year": year, "before": year.year - 1, "after": year.year + 1}
    return render(request, "kinerja/assessment/credit.html", context)


@require_safe
def credit_pdf(request: HttpRequest) -> HttpResponse:
    """The same as a tagged PDF."""
    year = _year(request)
    answer = HttpResponse(credits_pdf(request.actor, year), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="rincian-pak-{year.year}.pdf"'
    return answer


def _year(request: HttpRequest) -> Year:
    actor = _employee(request)
    if "tahun" not in request.GET:
        return year_of(actor, actor.today().year)
    form = YearForm(request.GET)
    if not form.is_valid():
        raise Http404(_("Tahun itu tidak ada."))
    return year_of(actor, form.cleaned_data["tahun"])
