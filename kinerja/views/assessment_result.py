"""Where an employee reads the rating and says something about it: response, objection, acceptance."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coordination.actors.forms import OnceForm
from coordination.actors.posting import save_once

from ..forms.assessment import ObjectionForm, ResponseForm
from ..gates import blocks, may_ask
from ..models import Level, Plan
from ..selectors.assessments import assessment_for, done_of, finishes_after, marks_of, objection_until
from ..selectors.rating_page import parts_of
from ..services.assessments import finish_plan, object_to_rating, respond
from .common import door
from .tables import predicate_rows


@require_safe
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """The rating with its reasons, how the predicate came about, and what can be said of it until when."""
    return _page(request, door(request, pk))


@require_POST
def response(request: HttpRequest, pk: int) -> HttpResponse:
    """Write or rewrite the response."""
    plan, form = door(request, pk, "write"), ResponseForm(request.POST)

    def act() -> None:
        respond(actor=request.actor, plan=plan, words=form.cleaned_data["response"])

    return _done(request, plan, form, act, _("Tanggapan tersimpan.")) or _page(request, plan, response=form)


@require_POST
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Object, once."""
    plan, form = door(request, pk, "write"), ObjectionForm(request.POST)

    def act() -> None:
        object_to_rating(actor=request.actor, plan=plan, reason=form.cleaned_data["objection"])

    return _done(request, plan, form, act, _("Keberatan terkirim.")) or _page(request, plan, objection=form)


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the rating; it is final then."""
    plan, form = door(request, pk, "write"), OnceForm(request.POST)

    def act() -> None:
        finish_plan(actor=request.actor, plan=plan)

    return _done(request, plan, form, act, _("Penilaian diterima dan selesai.")) or _page(request, plan, accept=form)


def _done(
    request: HttpRequest, plan: Plan, form: forms.Form, act: Callable[[], None], said: str
) -> HttpResponse | None:
    def go() -> str:
        act()
        return reverse("kinerja:result", args=[plan.pk])

    return save_once(request, form, go, said) if form.is_valid() else None


def _page(request: HttpRequest, plan: Plan, **sent: forms.Form) -> HttpResponse:
    actor, assessment = request.actor, assessment_for(request.actor, plan)
    context: dict[str, Any] = {"plan": plan, "is_owner": may_ask("respond", plan, actor)}
    if assessment is None or assessment.rated_at is None:
        context["simulator_url"] = f"{reverse('kinerja:simulator')}?rencana={plan.pk}"
        return render(request, "kinerja/assessment/not_rated.html", context)
    before = assessment.before or {}
    predicate = plan.rules.predicate(assessment.predicate)
    context |= {
        "assessment": assessment,
        "parts": parts_of(plan, done_of([plan])[plan.pk], marks_of(assessment), before.get("ratings")),
        "predicate": predicate,
        "before_predicate": plan.rules.predicate(before["predicate"]) if before else None,
        "hasil": Level(assessment.hasil).label,
        "perilaku": Level(assessment.perilaku).label,
        "table": predicate_rows(plan.rules, assessment.hasil, assessment.perilaku),
        "until": objection_until(plan),
        "finishes": finishes_after(plan),
        "has_errors": any(form.errors for form in sent.values()),
        "sent": list(sent.values()),
    }
    if context["is_owner"] and plan.state != Plan.State.FINAL:
        context |= _forms(request, plan, assessment, sent)
    return render(request, "kinerja/assessment/result.html", context, status=400 if context["has_errors"] else 200)


def _forms(request: HttpRequest, plan: Plan, assessment: Any, sent: dict[str, forms.Form]) -> dict[str, Any]:
    """The forms that are open, and why objecting is not."""
    found: dict[str, Any] = {"objection_locks": blocks("object", plan, request.actor)}
    if not blocks("respond", plan, request.actor):
        found["response_form"] = sent.get("response") or ResponseForm(initial={"response": assessment.response})
    if not found["objection_locks"] or "objection" in sent:
        found["objection_form"] = sent.get("objection") or ObjectionForm()
    if plan.state == Plan.State.DINILAI:
        found["accept_form"] = sent.get("accept") or OnceForm()
    return found
