from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coordination.actors.errors import Conflict, Refusal
from coordination.actors.posting import form_page
from coordination.actors.zones import local_time

from ..forms.reports import ComponentForm
from ..models import Decision, Kind, Obligation, Priority, Report, Source
from ..policies import ReportPolicy
from ..selectors.clock import lateness, punctuality
from ..selectors.drafts import Part, done_of, draft_of
from ..selectors.reports import own_obligations, shared_reports
from ..selectors.suggestions import suggestions
from ..selectors.traces import traced
from ..services.grants import claim_pending_grants
from ..services.reports import last_version, save_component, start_from_last, start_report
from ..services.sources import drop_source
from .actions import act
from .door import kind_or_404, report_door


@require_GET
def report_list(request):
    """What the UPT owes and owed, and reports of others one was registered for."""
    actor = request.actor
    claimed = claim_pending_grants(actor=actor)
    shared = shared_reports(actor)
    if not actor.is_upt and not shared and not claimed:
        raise Http404
    page = Paginator(own_obligations(actor), 20).get_page(request.GET.get("page"))
    rows = [_row(actor, owed) for owed in page]
    return render(request, "reflection/reports/list.html", {"page_obj": page, "rows": rows, "shared": shared})


def _row(actor, owed: Obligation) -> dict:
    report = getattr(owed, "report", None)
    return {
        "owed": owed,
        "report": report,
        "punctuality": punctuality(owed),
        "late": lateness(owed, actor.today()),
        "is_open": owed.cycle.is_open(actor.today()),
        "may_start": report is None and owed.cycle.is_open(actor.today()) and ReportPolicy.may(actor, "start", owed),
    }


@require_POST
def start(request, pk: int):
    """Begin the report of a duty."""
    owed = get_object_or_404(own_obligations(request.actor), pk=pk)
    report = start_report(actor=request.actor, obligation=owed)
    return redirect("reflection:report", report.pk)


@require_GET
@report_door
def report_detail(request, report: Report):
    """The hub of a report: six components, who writes it, what was sent and decided."""
    actor = request.actor
    if actor.is_pusat:
        return redirect("reflection:version", report.pk, report.version)
    parts = draft_of(report)
    context = {
        "report": report,
        "parts": parts,
        "done": done_of(parts),
        "may_edit": ReportPolicy.may(actor, "edit", report) and report.is_writable,
        "may_lead": ReportPolicy.may(actor, "lead", report),
        "collaborators": report.collaborators.select_related("user"),
        "last": last_version(report) if report.state == Report.State.DRAF else None,
        "timeline": timeline(report),
        "punctuality": punctuality(report.obligation),
        "late": lateness(report.obligation, actor.today()),
    }
    return render(request, "reflection/reports/hub.html", context)


def timeline(report: Report) -> list[dict]:
    """Sendings and decisions in the order they happened, in the office's time."""
    zone = report.obligation.zone
    sent = [
        {"at": one.submitted_at, "number": one.number, "who": one.submitted_by}
        for one in report.versions.select_related("submitted_by").defer("content")
    ]
    decided = [
        {"at": one.decided_at, "decision": one, "who": one.decided_by, "comments": _labelled(one)}
        for one in report.decisions.select_related("decided_by")
    ]
    rows: list[dict[str, Any]] = sorted([*sent, *decided], key=lambda row: row["at"])
    return [row | {"when": local_time(row["at"], zone)} for row in rows]


def _labelled(decision: Decision) -> list[tuple[Kind, str]]:
    return [(Kind(kind), text) for kind, text in decision.comments.items()]


@require_http_methods(["GET", "POST"])
@report_door
def component(request, report: Report, kind: str):
    """One component: five ranked places with their sources, and what the notes suggest."""
    part, others = _part(report, kind_or_404(kind))
    form = ComponentForm(request.POST or None, part=part, others=others)
    if request.method == "POST" and form.is_valid():
        try:
            save_component(
                actor=request.actor,
                report=report,
                kind=part.kind,
                version=form.cleaned_data["version"],
                texts=form.texts,
                reason_fewer=form.cleaned_data["reason_fewer"],
            )
        except Conflict as conflict:
            return _conflict_page(request, report, part.kind, conflict)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return _component_page(request, report, part, form)
        return act(request, report, part.kind)
    return _component_page(request, report, part, form)


def _part(report: Report, kind: Kind) -> tuple[Part, dict[int, str]]:
    parts = {part.kind: part for part in draft_of(report)}
    beside = {Kind.RISIKO: Kind.MITIGASI, Kind.MITIGASI: Kind.RISIKO}.get(kind)
    return parts[kind], parts[beside].texts if beside else {}


def _component_page(request, report: Report, part: Part, form: ComponentForm):
    may_edit = ReportPolicy.may(request.actor, "edit", report) and part.is_open
    context = {
        "report": report,
        "part": part,
        "form": form,
        "may_edit": may_edit,
        "places": [(place, form[f"text_{place.rank}"]) for place in part.places],
        "groups": suggestions(request.actor, report, part.kind)[:30] if may_edit else [],
        "draft_key": f"laporan-{report.pk}-{part.kind}",
        "note": _last_note(report, part.kind),
        "saved": local_time(part.component.updated_at, report.obligation.zone),
    }
    return form_page(request, "reflection/reports/component.html", context)


def _last_note(report: Report, kind: Kind) -> str:
    decision = report.decisions.order_by("pk").last() if report.state == Report.State.DIKEMBALIKAN else None
    return decision.comments.get(kind, "") if decision else ""


def _conflict_page(request, report: Report, kind: Kind, conflict: Conflict):
    mine, theirs = conflict.mine, conflict.theirs
    rows = [
        {"rank": rank, "mine": text, "theirs": theirs["texts"][rank], "differs": text != theirs["texts"][rank]}
        for rank, text in mine["texts"].items()
    ]
    context = {"report": report, "kind": kind, "conflict": conflict, "rows": rows, "mine": mine, "theirs": theirs}
    return render(request, "reflection/reports/conflict.html", context, status=409)


@require_POST
@report_door
def autosave(request, report: Report, kind: str):
    """Keep a draft while it is being written; answers the new version and the time."""
    part, _others = _part(report, kind_or_404(kind))
    form = ComponentForm(request.POST, part=part)
    if not form.is_valid():
        return JsonResponse({"detail": _("Ada isian yang terlalu panjang."), "errors": form.errors}, status=400)
    try:
        saved = save_component(
            actor=request.actor,
            report=report,
            kind=part.kind,
            version=form.cleaned_data["version"],
            texts=form.texts,
            reason_fewer=form.cleaned_data["reason_fewer"],
        )
    except Refusal as refusal:
        return JsonResponse({"detail": str(refusal)}, status=409)
    now = timezone.now().astimezone(report.obligation.zone)
    return JsonResponse({"version": saved.version, "saved": f"{now:%H.%M}"})


@require_POST
@report_door
def prefill(request, report: Report):
    """Start from what was sent last time."""
    filled = start_from_last(actor=request.actor, report=report)
    messages.success(request, _("%(filled)d komponen diisi dari laporan lalu.") % {"filled": filled})
    return redirect("reflection:report", report.pk)


@require_GET
@report_door
def trace(request, report: Report, priority_pk: int):
    """From one priority to everything it came from (RF-8)."""
    rows = Priority.objects.visible_to(request.actor).select_related("component")
    priority = get_object_or_404(rows, report=report, pk=priority_pk)
    context = {
        "report": report,
        "priority": priority,
        "kind": Kind(priority.component.kind),
        "sources": traced(request.actor, report, list(priority.sources.all())),
        "may_edit": ReportPolicy.may(request.actor, "edit", report) and report.is_open(priority.component.kind),
    }
    return render(request, "reflection/reports/trace.html", context)


@require_POST
@report_door
def source_drop(request, report: Report, source_pk: int):
    """Take a source off the priority it was given to."""
    rows = Source.objects.visible_to(request.actor).select_related("report", "priority__component")
    source = get_object_or_404(rows, report=report, pk=source_pk)
    drop_source(actor=request.actor, source=source)
    messages.success(request, _("Sumber dilepas."))
    return redirect("reflection:trace", report.pk, source.priority_id)
