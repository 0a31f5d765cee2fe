"""What happened to a plan: its timeline, each version that was sent, and how two of them differ."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ..forms.decision import CompareForm
from ..models import Plan, PlanVersion
from ..policies import PlanPolicy
from ..rules.content import quantities
from ..rules.points import sentence
from ..selectors.history import timeline_of, versions_of
from ..selectors.wording import changes_of, parts_of
from .common import door


@require_safe
def timeline(request, pk: int) -> HttpResponse:
    """Everything that happened, by whom, as what and why; and all versions."""
    plan = door(request, pk)
    context = {
        "plan": plan,
        "happenings": timeline_of(plan),
        "versions": versions_of(plan),
        "decides": PlanPolicy.may(request.actor, "decide", plan),
    }
    return render(request, "kinerja/decision/timeline.html", context)


@require_safe
def version(request, pk: int, number: int) -> HttpResponse:
    """One version word for word; prints as it stands."""
    plan = door(request, pk)
    sent = version_or_404(plan, number)
    context = {
        "plan": plan,
        "version": sent,
        "parts": parts_of(plan.rules, sent.content),
        "points": sentence(plan.rules, quantities(sent.content["kompetensi"])),
        "decided": [one for one in timeline_of(plan) if one.event.number == number and one.event.verb in DECISIONS],
        "decides": PlanPolicy.may(request.actor, "decide", plan),
    }
    return render(request, "kinerja/decision/version.html", context)


@require_safe
def compare(request, pk: int) -> HttpResponse:
    """What differs between two versions."""
    plan = door(request, pk)
    form = CompareForm(request.GET or {"dari": max(plan.version - 1, 1), "ke": plan.version})
    if not form.is_valid():
        raise Http404
    before, after = (version_or_404(plan, form.cleaned_data[name]) for name in ("dari", "ke"))
    context = {
        "plan": plan,
        "before": before,
        "after": after,
        "numbers": range(1, plan.version + 1),
        "parts": changes_of(plan.rules, before.content, after.content),
        "decides": PlanPolicy.may(request.actor, "decide", plan),
    }
    return render(request, "kinerja/decision/compare.html", context)


def version_or_404(plan: Plan, number: int) -> PlanVersion:
    return get_object_or_404(PlanVersion.objects.select_related("by"), plan_id=plan.pk, number=number)


DECISIONS = ("approve", "return")
