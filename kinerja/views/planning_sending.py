from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coordination.actors.actor import ActorRequest
from coordination.actors.errors import Refusal
from coordination.actors.posting import form_page, once, save_once
from coordination.actors.zones import local_time

from ..forms.planning import AmendForm, SubmitForm, submit_form
from ..gates import blocks
from ..models import Plan, SectionCode
from ..rules.content import quantities
from ..rules.points import points_of, sentence
from ..selectors.drafts import draft_of
from ..selectors.planning import deciders, gap_url, gaps_in, notes_of, steps_of
from ..selectors.wording import lines_of
from ..services.decisions import amend_plan, keep_plan
from ..services.plans import submit_plan, withdraw_plan
from .planning import own


@require_http_methods(["GET", "POST"])
def summary(request: ActorRequest, pk: int) -> HttpResponse:
    """Everything as it will be sent, each gap with a link, and the button that sends it."""
    plan = own(request, pk)
    if request.method == "POST":
        return _submit(request, plan)
    draft = draft_of(plan)
    steps = steps_of(plan, draft, notes_of(plan))
    kompetensi = draft[SectionCode.KOMPETENSI].content
    chosen, limits = quantities(kompetensi), plan.rules.limits
    gaps, total = gaps_in(plan, draft), points_of(plan.rules, chosen)
    said = sentence(plan.rules, chosen)
    if any(gap.text == said for gap in gaps):
        # It already stands above, with the link to where it is mended.
        said = _("%(points)s poin") % {"points": total}
    context = {
        "plan": plan,
        "steps": [(one, lines_of(plan.rules, one.code, draft[one.code].content).values()) for one in steps],
        "gaps": [(gap, gap_url(plan, gap)) for gap in gaps],
        "locks": [] if gaps or not plan.is_writable else blocks("submit", plan, request.actor),
        "limits": limits,
        "total": total,
        "sentence": said,
        "under_reason": kompetensi.get("under_reason", ""),
        "deciders": deciders(plan, request.actor.today()),
        "form": submit_form(sum(one.version for one in draft.values())),
    }
    context["under"] = limits is not None and context["total"] < limits.least
    return render(request, "kinerja/planning/summary.html", context)


def _submit(request: ActorRequest, plan: Plan) -> HttpResponse:
    form = SubmitForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Kiriman ini tidak lengkap."), mend=_("Buka lagi halaman rangkuman, lalu ajukan."))

    def make() -> str:
        submit_plan(actor=request.actor, plan=plan, seen=form.cleaned_data["seen"])
        return reverse("kinerja:receipt", args=[plan.pk])

    return redirect(once(request.actor, form.cleaned_data["token"], make))


@require_GET
def receipt(request: ActorRequest, pk: int) -> HttpResponse:
    """That it was sent, when in the school's time, and to whom."""
    plan = own(request, pk)
    if plan.submitted_at is None:
        raise Http404
    context = {
        "plan": plan,
        "when": local_time(plan.submitted_at, request.actor.acting.zone),
        "deciders": deciders(plan, request.actor.today()),
    }
    return render(request, "kinerja/planning/receipt.html", context)


@require_POST
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Take it back before it is decided."""
    plan = own(request, pk)
    withdraw_plan(actor=request.actor, plan=plan)
    messages.success(request, _("Rencana ditarik. Isinya tetap, dan Anda bisa mengubahnya."))
    return redirect("kinerja:hub", plan.pk)


@require_http_methods(["GET", "POST"])
def amend(request: ActorRequest, pk: int) -> HttpResponse:
    """Open an approved plan for changes, with a reason."""
    plan = own(request, pk)
    form = AmendForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        act = partial(_amended, request, plan, reason)
        if answer := save_once(request, form, act, _("Rencana dibuka untuk diubah.")):
            return answer
    context = {"plan": plan, "form": form, "locks": blocks("amend", plan, request.actor)}
    return form_page(request, "kinerja/planning/amend.html", context)


def _amended(request: ActorRequest, plan: Plan, reason: str) -> str:
    amend_plan(actor=request.actor, plan=plan, reason=reason)
    return reverse("kinerja:hub", args=[plan.pk])


@require_POST
def keep(request: ActorRequest, pk: int) -> HttpResponse:
    """Give a change up."""
    plan = own(request, pk)
    keep_plan(actor=request.actor, plan=plan)
    messages.success(request, _("Perubahan dibatalkan. Rencana yang disetujui tetap berlaku."))
    return redirect("kinerja:hub", plan.pk)
