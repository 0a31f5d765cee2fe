"""What a decider works with: the queue, a decision, and who has no plan."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coordination.actors.actor import DINAS, Actor
from coordination.actors.errors import NotAllowed, Refusal
from coordination.actors.models import Membership, Role
from coordination.actors.posting import PER_PAGE, form_page, once

from ..forms.decision import DecisionForm, PeriodForm, QueueForm
from ..gates import blocks
from ..models import Plan
from ..policies import PlanPolicy
from ..selectors.packs import period_on
from ..selectors.queue import queue_counts, queue_rows, require_decider, teachers_without_plan, waiting_since
from ..selectors.reading import reading_of
from ..services.decisions import approve_plan, return_plan
from .common import door


@require_safe
def queue(request) -> HttpResponse:
    """Plans that wait for the principal (or, a principal's own, for the Dinas), oldest first."""
    actor = request.actor
    require_decider(actor)
    form = QueueForm(request.GET)
    state, period = form.chosen()
    today = timezone.localdate()
    page = Paginator(queue_rows(actor, state=state, period=period), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "state": state,
        "page_obj": page,
        "rows": [waiting_since(plan, today) for plan in page],
        "counts": queue_counts(actor, period=period, today=today),
        "of_principals": actor.role in DINAS,
    }
    return render(request, "kinerja/decision/queue.html", context)


@require_safe
def without_plan(request) -> HttpResponse:
    """Teachers of the school who have not begun a plan of a period."""
    actor = request.actor
    if actor.role != Role.KEPSEK:
        raise NotAllowed(_("Daftar ini milik kepala sekolah."), ask=_("kepala sekolah Anda"))
    today = actor.today()
    period = PeriodForm(request.GET).chosen() or period_on(today)
    form = PeriodForm({"periode": period.code if period else ""})
    rows = teachers_without_plan(actor, period) if period else Membership.objects.none()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "period": period, "page_obj": page, "late": bool(period and today > period.plan_due)}
    return render(request, "kinerja/decision/without.html", context)


@require_http_methods(["GET", "POST"])
def decide(request, pk: int) -> HttpResponse:
    """The sent version in words with what changed, and the two buttons."""
    plan = _door(request, pk)
    form = DecisionForm(request.POST or None, version=plan.version)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_decided(request, plan, form))
        except Refusal as refusal:
            if refusal.code == "changed":
                return _changed(request, plan, form.cleaned_data["version"], refusal)
            form.add_error("accept_under" if refusal.code == "under_reason" else None, str(refusal))
    reading = reading_of(plan)
    context = {
        "plan": plan,
        "form": form,
        "reading": reading,
        "waiting": waiting_since(plan, timezone.localdate()),
        "parts": [(part, form[f"note_{part.code}"]) for part in reading.parts],
        "locked": blocks("approve", plan, request.actor),
    }
    return form_page(request, "kinerja/decision/decide.html", context)


def _door(request, pk: int) -> Plan:
    """The plan for who decides about it; its owner reads why it is not theirs to decide (403)."""
    plan = door(request, pk)
    if not PlanPolicy.may(request.actor, "decide", plan):
        raise NotAllowed(
            _("Tidak seorang pun memutuskan rencananya sendiri, juga sebagai Plt."),
            owner=plan.school_name,
            ask=_ask(request.actor, plan),
        )
    return plan


def _ask(actor: Actor, plan: Plan) -> str:
    if actor.role == Role.KEPSEK and not plan.of_principal:
        return _("Dinas yang menaungi sekolah: Plt kepala sekolah lain bisa memutuskannya")
    return plan.decider_label


def _decided(request, plan: Plan, form: DecisionForm) -> str:
    """Decide once for the form's token; gives the address, also to a second click."""
    actor, data = request.actor, form.cleaned_data

    def act() -> str:
        if request.POST.get("aksi") == "setujui":
            approve_plan(actor=actor, plan=plan, number=data["version"], accept_under=data["accept_under"])
            said = _("Rencana %(name)s disetujui. Pemiliknya diberi tahu.")
        else:
            return_plan(actor=actor, plan=plan, number=data["version"], notes=form.notes)
            said = _("Rencana %(name)s dikembalikan. Pemiliknya diberi tahu.")
        messages.success(request, said % {"name": plan.owner})
        return reverse("kinerja:queue")

    return once(actor, data["token"], act)


def _changed(request, plan: Plan, read: int, refusal: Refusal) -> HttpResponse:
    """A version came after the one that was read: nothing was decided, here is what is new."""
    plan.refresh_from_db()
    context = {"plan": plan, "read": read, "refusal": refusal}
    return render(request, "kinerja/decision/changed.html", context, status=409)
