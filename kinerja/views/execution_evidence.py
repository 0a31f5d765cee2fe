"""Evidence of a plan: what is there for each RHK, adding, withdrawing, and the file itself."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coordination.actors.posting import form_page, save_once

from ..forms.execution import EvidenceForm, RemoveEvidenceForm
from ..gates import blocks
from ..gates.execution import dropped_item
from ..models import Evidence, Plan, PlanItem
from ..policies import PlanPolicy
from ..selectors.achievement import achievement_of
from ..selectors.evidence import evidence_by_item, kinds_offered, running_plans
from ..services.evidence import add_evidence, remove_evidence
from .common import door

CONTENT_TYPES = {Evidence.Kind.PHOTO: ("image/jpeg", "jpg"), Evidence.Kind.PDF: ("application/pdf", "pdf")}


@require_safe
def evidence_mine(request):
    """The evidence of one's present plan; with none or several of them, what to do or to choose."""
    plans = list(running_plans(request.actor))
    if len(plans) == 1:
        return redirect("kinerja:evidence", pk=plans[0].pk)
    return render(request, "kinerja/execution/evidence_mine.html", {"plans": plans})


@require_safe
def evidence_list(request, pk: int):
    """What was achieved of each RHK against the plan, with its evidence."""
    plan, actor = door(request, pk), request.actor
    achieved, evidence = achievement_of(plan), evidence_by_item(plan)
    locked = blocks("evidence", plan, actor)
    rows = [(one, evidence.get(one.item.pk, [])) for one in (*achieved.rows, *achieved.dropped)]
    context = {
        "plan": plan,
        "rows": rows,
        "achieved": achieved,
        "mine": PlanPolicy.may(actor, "write", plan),
        "locked": locked,
        "can_add": not locked and PlanPolicy.may(actor, "write", plan),
        "rules": plan.rules,
    }
    return render(request, "kinerja/execution/evidence.html", context)


@require_http_methods(["GET", "POST"])
def evidence_add(request, pk: int, item: int):
    """Add a piece of evidence; its kind is chosen by ?jenis=, so that only its own fields are asked."""
    plan = door(request, pk, "write")
    found = get_object_or_404(PlanItem.objects.visible_to(request.actor), plan=plan, pk=item)
    kinds = kinds_offered(plan)
    kind = request.GET.get("jenis", "")
    kind = kind if kind in dict(kinds) else kinds[0][0]
    form = _evidence_form(request, plan, found, kind)

    def act() -> str:
        data = {name: value for name, value in form.cleaned_data.items() if name not in {"token", "file"}}
        upload = form.cleaned_data.get("file")
        add_evidence(actor=request.actor, plan=plan, item=found, kind=kind, upload=upload, **data)
        return reverse("kinerja:evidence", args=[pk]) + f"#rhk-{found.number}"

    if request.method == "POST" and form.is_valid() and (done := save_once(request, form, act, _("Bukti tersimpan."))):
        return done
    context = {"plan": plan, "item": found, "rhk": plan.rules.rhk(found.number), "kinds": kinds, "kind": kind}
    locked = blocks("evidence", plan, request.actor) or ([] if found.active else [dropped_item(found)])
    return form_page(request, "kinerja/execution/evidence_add.html", {**context, "form": form, "locked": locked})


def _evidence_form(request, plan: Plan, item: PlanItem, kind: str) -> EvidenceForm:
    return EvidenceForm(
        request.POST or None,
        request.FILES or None,
        initial={"done_on": min(request.actor.today(), plan.until)},
        kind=kind,
        megabytes=plan.rules.evidence.megabytes,
        unit=getattr(plan.rules.rhk(item.number), "unit", ""),
    )


@require_http_methods(["GET", "POST"])
def evidence_remove(request, pk: int):
    """Withdraw a piece of evidence with a reason; the line stays."""
    found = evidence_door(request, pk)
    PlanPolicy.require(request.actor, "write", found.plan)
    form = RemoveEvidenceForm(request.POST or None)

    def act() -> str:
        remove_evidence(actor=request.actor, evidence=found, reason=form.cleaned_data["reason"])
        return reverse("kinerja:evidence", args=[found.plan_id])

    if request.method == "POST" and form.is_valid() and (done := save_once(request, form, act, _("Bukti ditarik."))):
        return done
    context = {"evidence": found, "plan": found.plan, "form": form}
    return form_page(request, "kinerja/execution/evidence_remove.html", context)


@require_safe
def evidence_file(request, pk: int):
    """The file to those who see the plan, as a download, and to nobody's cache but their own."""
    return file_response(evidence_door(request, pk))


def file_response(evidence: Evidence) -> FileResponse:
    """The file of a piece of evidence that the door let through; 404 for one without a file or withdrawn."""
    if not evidence.file or evidence.removed_at or not default_storage.exists(evidence.file):
        raise Http404
    kind, suffix = CONTENT_TYPES[Evidence.Kind(evidence.kind)]
    response = FileResponse(default_storage.open(evidence.file), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="bukti-{evidence.pk}.{suffix}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def evidence_door(request, pk: int) -> Evidence:
    """A piece of evidence the actor sees, with its plan, else 404."""
    rows = Evidence.objects.visible_to(request.actor).select_related("plan__owner", "plan__period", "item")
    return get_object_or_404(rows, pk=pk)
