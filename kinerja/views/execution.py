"""The observation of a plan, and all those one has to make."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from coordination.actors.errors import NotAllowed
from coordination.actors.models import Role
from coordination.actors.posting import PER_PAGE, form_page, save_once

from ..forms.execution import step_form
from ..gates.execution import observer
from ..models import Plan
from ..policies.plans import DECIDERS_OF_PRINCIPALS, decides
from ..selectors.observations import observation_of, plans_to_observe, rubric_of, state_label
from ..services.observations import take_step
from .common import door
from .execution_steps import timeline

SAID = {
    "propose": gettext_lazy("Tanggal diusulkan. Pihak lain akan menyepakatinya."),
    "agree": gettext_lazy("Tanggal disepakati."),
    "prepare": gettext_lazy("Diskusi persiapan tersimpan."),
    "observe": gettext_lazy("Hasil observasi tersimpan."),
    "follow": gettext_lazy("Diskusi tindak lanjut tersimpan."),
    "improve": gettext_lazy("Upaya perbaikan tersimpan."),
    "reflect": gettext_lazy("Refleksi tersimpan. Siklus observasi selesai."),
}


@require_http_methods(["GET", "POST"])
def observation(request, pk: int):
    """The timeline of a plan's observation; the step whose turn it is stands in it as a form."""
    plan = door(request, pk)
    found, form = observation_of(plan), None
    if request.method == "POST":
        step = request.POST.get("step", "")
        form = step_form(step, request.POST, plan=plan, observation=found)

        def act() -> str:
            version = form.cleaned_data["version"]
            take_step(actor=request.actor, plan=plan, step=step, version=version, given=form.given())
            return reverse("kinerja:observation", args=[pk])

        if form.is_valid() and (done := save_once(request, form, act, str(SAID[step]))):
            return done
    return form_page(request, "kinerja/execution/observation.html", _page(request, plan, found, form))


def _page(request, plan: Plan, found, form) -> dict:
    sent = {form.data["step"]: form} if form is not None else {}
    return {
        "plan": plan,
        "observation": found,
        "lines": timeline(request.actor, plan, found, sent),
        "rubric": rubric_of(plan, found),
        "indicator": plan.rules.indicator(plan.indicator) if plan.indicator else None,
        "observes": decides(request.actor, plan),
        "observer": observer(plan),
        "form": form,
    }


@require_safe
def observations(request):
    """Who is to be observed, in which state and when; the late ones first."""
    actor = request.actor
    if actor.role != Role.KEPSEK and actor.role not in DECIDERS_OF_PRINCIPALS:
        raise NotAllowed(_("Daftar observasi dibuka oleh kepala sekolah, atau Dinas untuk kepala sekolah."))
    page = Paginator(plans_to_observe(actor), PER_PAGE).get_page(request.GET.get("page"))
    for plan in page:
        plan.state_text = state_label(plan.observed_state)
    return render(request, "kinerja/execution/observations.html", {"page": page})
