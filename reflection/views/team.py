from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coordination.actors.posting import form_page

from ..forms.reports import CollaboratorForm
from ..models import Collaborator, Report
from ..policies import ReportPolicy
from ..services.grants import add_collaborator, name_pj, remove_collaborator
from .door import report_door


@require_http_methods(["GET", "POST"])
@report_door
def team(request, report: Report) -> HttpResponse:
    """Who writes the report: its PJ and the collaborators registered by e-mail (RF-7)."""
    form = CollaboratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        one = add_collaborator(actor=request.actor, report=report, email=form.cleaned_data["email"])
        if one.user_id is None:
            messages.success(request, _("%(email)s terdaftar. Haknya berlaku saat ia masuk.") % {"email": one.email})
        else:
            messages.success(request, _("%(name)s bisa menyunting laporan ini.") % {"name": one.user})
        return redirect("reflection:report_team", report.pk)
    context = {
        "report": report,
        "form": form,
        "collaborators": report.collaborators.select_related("user", "added_by"),
        "may_lead": ReportPolicy.may(request.actor, "lead", report),
    }
    return form_page(request, "reflection/reports/team.html", context)


def _collaborator(request, report: Report, pk: int) -> Collaborator:
    rows = Collaborator.objects.visible_to(request.actor).select_related("user", "report__organisation")
    return get_object_or_404(rows, report=report, pk=pk)


@require_POST
@report_door
def remove(request, report: Report, collaborator_pk: int) -> HttpResponse:
    """Take the right to write away."""
    one = _collaborator(request, report, collaborator_pk)
    remove_collaborator(actor=request.actor, collaborator=one)
    messages.success(request, _("%(email)s tidak lagi menyunting laporan ini.") % {"email": one.email})
    return redirect("reflection:report_team", report.pk)


@require_POST
@report_door
def make_pj(request, report: Report, collaborator_pk: int) -> HttpResponse:
    """Name another PJ."""
    one = _collaborator(request, report, collaborator_pk)
    name_pj(actor=request.actor, report=report, collaborator=one)
    messages.success(request, _("%(name)s sekarang penanggung jawab laporan ini.") % {"name": one.user})
    return redirect("reflection:report_team", report.pk)
