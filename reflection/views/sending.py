from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coordination.actors.errors import Refusal
from coordination.actors.posting import form_page, once
from coordination.actors.zones import local_time

from ..documents.reports import report_pdf
from ..forms.reports import CompareForm, DecisionForm, SubmitForm
from ..models import Report
from ..models.reports import RANKS
from ..policies import ReportPolicy
from ..selectors.clock import punctuality
from ..selectors.differences import differences
from ..selectors.drafts import draft_of, gaps_of
from ..selectors.reports import version_of
from ..selectors.traces import traced_parts
from ..services.decisions import accept_report, reopen_report, return_report
from ..services.submission import fingerprint, submit_report
from .door import report_door


@require_http_methods(["GET", "POST"])
@report_door
def check(request, report: Report) -> HttpResponse:
    """Everything as it will be sent, each gap with a link, and the button that sends it."""
    if request.actor.is_pusat:
        raise Http404
    if request.method == "POST":
        return _submit(request, report)
    parts = draft_of(report)
    context = {
        "report": report,
        "parts": parts,
        "gaps": gaps_of(parts),
        "may_submit": ReportPolicy.may(request.actor, "submit", report) and report.is_writable,
        "form": SubmitForm(initial={"token": uuid4(), "seen": fingerprint(parts)}),
    }
    return render(request, "reflection/reports/check.html", context)


def _submit(request, report: Report) -> HttpResponse:
    ReportPolicy.require(request.actor, "submit", report)
    form = SubmitForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Kiriman ini tidak lengkap."), mend=_("Buka lagi halaman Periksa, lalu kirim."))

    def submit() -> str:
        submit_report(actor=request.actor, report=report, seen=form.cleaned_data["seen"])
        return reverse("reflection:report_receipt", args=[report.pk])

    return redirect(once(request.actor, form.cleaned_data["token"], submit) or "reflection:reports")


@require_GET
@report_door
def receipt(request, report: Report) -> HttpResponse:
    """That it was sent, when in the office's time, and how that stands to the due day."""
    if report.version == 0:
        raise Http404
    sent = version_of(request.actor, report, report.version)
    context = {
        "report": report,
        "version": sent,
        "when": local_time(sent.submitted_at, report.obligation.zone),
        "punctuality": punctuality(report.obligation),
    }
    return render(request, "reflection/reports/receipt.html", context)


@require_GET
@report_door
def version(request, report: Report, number: int) -> HttpResponse:
    """One version word for word, with what Pusat said of it; prints as it stands."""
    sent = version_of(request.actor, report, number)
    context = {
        "report": report,
        "version": sent,
        "when": local_time(sent.submitted_at, report.obligation.zone),
        "parts": traced_parts(request.actor, report, sent),
        "decisions": report.decisions.filter(number=number).select_related("decided_by"),
        "numbers": range(1, report.version + 1),
        "punctuality": punctuality(report.obligation),
        "steps": _next_steps(request, report) if number == report.version else [],
    }
    return render(request, "reflection/reports/version.html", context)


def _next_steps(request, report: Report) -> list[str]:
    return [
        verb
        for verb in ("accept", "return", "reopen")
        if report.state in Report.TRANSITIONS[verb].sources and ReportPolicy.may(request.actor, verb, report)
    ]


@require_GET
@report_door
def version_pdf(request, report: Report, number: int) -> HttpResponse:
    """The version as a tagged PDF."""
    sent = version_of(request.actor, report, number)
    answer = HttpResponse(report_pdf(report, sent), content_type="application/pdf")
    name = f"laporan-{report.organisation.code}-{report.cycle.code}-v{number}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_GET
@report_door
def compare(request, report: Report) -> HttpResponse:
    """What changed between any two versions."""
    if report.version == 0:
        raise Http404
    form = CompareForm(request.GET or {"dari": max(report.version - 1, 1), "ke": report.version})
    if not form.is_valid():
        raise Http404
    before = version_of(request.actor, report, form.cleaned_data["dari"])
    after = version_of(request.actor, report, form.cleaned_data["ke"])
    context = {
        "report": report,
        "before": before,
        "after": after,
        "numbers": range(1, report.version + 1),
        "found": differences(before, after),
    }
    return render(request, "reflection/reports/compare.html", context)


@require_http_methods(["GET", "POST"])
@report_door
def decide(request, report: Report) -> HttpResponse:
    """Pusat accepts, returns with comments beside each component, or reopens with a reason."""
    steps = _next_steps(request, report)
    if not steps and not any(ReportPolicy.may(request.actor, verb, report) for verb in ("accept", "return")):
        raise PermissionDenied
    form = DecisionForm(request.POST or None, initial={"version": report.version})
    if request.method == "POST" and form.is_valid():
        try:
            return _decided(request, report, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    sent = version_of(request.actor, report, report.version)
    parts = [(part, form[f"note_{part['kind']}"]) for part in traced_parts(request.actor, report, sent)]
    context = {"report": report, "version": sent, "form": form, "parts": parts, "steps": steps, "ranks": RANKS}
    return form_page(request, "reflection/reports/decide.html", context)


def _decided(request, report: Report, form: DecisionForm) -> HttpResponse:
    data, actor = form.cleaned_data, request.actor
    wish, number = request.POST.get("aksi"), data["version"]
    if wish == "terima":
        accept_report(actor=actor, report=report, version=number)
        messages.success(request, _("Laporan diterima. UPT diberi tahu."))
    elif wish == "buka":
        reopen_report(actor=actor, report=report, version=number, reason=data["reason"], comments=form.comments)
        messages.success(request, _("Laporan dibuka kembali. UPT diberi tahu."))
    else:
        return_report(actor=actor, report=report, version=number, comments=form.comments, reason=data["reason"])
        messages.success(request, _("Laporan dikembalikan. UPT diberi tahu."))
    return redirect("reflection:version", report.pk, number)
