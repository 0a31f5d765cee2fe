from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coordination.actors.actor import ActorRequest
from coordination.actors.errors import NotAllowed
from coordination.actors.posting import form_page, tried
from coordination.actors.zones import local_time

from ..forms.planning import EmployeeForm
from ..models import Period, Plan
from ..selectors.drafts import draft_of
from ..selectors.planning import deciders, gaps_in, last_sent, next_step, notes_of, own_plans, planner, slots, steps_of
from ..services.drafting import copy_plan
from ..services.plans import begin_plan, describe_employee
from .common import door


def own(request: ActorRequest, pk: int) -> Plan:
    """The actor's own plan; anybody else's draft is a page that does not exist."""
    plan = door(request, pk)
    if plan.owner_id != request.actor.user.pk:
        raise Http404
    return plan


@require_GET
def mine(request: ActorRequest) -> HttpResponse:
    """Rencana saya: what can be planned now, and everything planned before."""
    actor = request.actor
    who = planner(actor)
    plans = list(own_plans(actor))
    if who is None and not plans:
        return render(request, "kinerja/planning/nobody.html")
    open_now = slots(who, plans) if who else []
    shown = {slot.plan.pk for slot in open_now if slot.plan}
    packs = {slot.period.pack_id: last_sent(actor, pack_id=slot.period.pack_id) for slot in open_now if not slot.plan}
    context = {
        "as_guru": who if who is not actor else None,
        "slots": [(one, *_next(one.plan), packs.get(one.period.pack_id)) for one in open_now],
        "earlier": [(one, *next_step(one)) for one in plans if one.pk not in shown],
    }
    return render(request, "kinerja/planning/mine.html", context)


def _next(plan: Plan | None) -> tuple[str, str]:
    return next_step(plan) if plan else (_("Belum dimulai."), "mute")


@require_POST
def start(request: ActorRequest, code: str) -> HttpResponse:
    """Begin the plan of a period; pressed twice it is the same plan."""
    actor = planner(request.actor)
    if actor is None:
        raise NotAllowed(_("Rencana kinerja dibuat oleh guru dan kepala sekolah."))
    plan = begin_plan(actor=actor, period=get_object_or_404(Period, code=code))
    if request.POST.get("aksi") == "salin":
        _say_copied(request, copy_plan(actor=actor, plan=plan))
    return redirect("kinerja:hub", plan.pk)


@require_POST
def copy(request: ActorRequest, pk: int) -> HttpResponse:
    """Fill what is still untouched from the latest plan that was sent."""
    plan = own(request, pk)
    _say_copied(request, copy_plan(actor=request.actor, plan=plan))
    return redirect("kinerja:hub", plan.pk)


def _say_copied(request: ActorRequest, dropped: list[str]) -> None:
    messages.success(request, _("Isi rencana lalu disalin. Periksa tiap bagian, terutama nomor SK."))
    if dropped:
        lost = ", ".join(dropped)
        messages.warning(
            request, _("Tidak ditawarkan lagi untuk jenjang Anda, jadi dilepas: %(lost)s.") % {"lost": lost}
        )


@require_GET
def hub(request: ActorRequest, pk: int) -> HttpResponse:
    """The task list of a plan; for its decider the way to what can be read and done."""
    plan = door(request, pk)
    actor = request.actor
    if plan.owner_id != actor.user.pk:
        return render(request, "kinerja/planning/hub_read.html", {"plan": plan, "next": next_step(plan)})
    draft, notes = draft_of(plan), notes_of(plan)
    gaps = gaps_in(plan, draft) if plan.is_writable else []
    untouched = plan.state == Plan.State.DRAF and not any(one.version for one in draft.values())
    steps = steps_of(plan, draft, notes)
    context = {
        "plan": plan,
        "next": next_step(plan),
        "steps": steps,
        "is_untouched": any(one.is_untouched for one in steps),
        "gaps": gaps,
        "deciders": deciders(plan, actor.today()) if plan.state == Plan.State.DIAJUKAN else [],
        "sent": local_time(plan.submitted_at, actor.acting.zone) if plan.submitted_at else "",
        "last": last_sent(actor, plan) if untouched else None,
        "position": plan.rules.positions.get(plan.position, ""),
    }
    return render(request, "kinerja/planning/hub.html", context)


@require_http_methods(["GET", "POST"])
def employee(request: ActorRequest, pk: int) -> HttpResponse:
    """NIP and jenjang jabatan."""
    plan = own(request, pk)
    form = EmployeeForm(request.POST if request.method == "POST" else None, plan=plan)
    if form.is_valid():
        saved = tried(form, lambda: describe_employee(actor=request.actor, plan=plan, **form.cleaned_data))
        if saved is not None:
            messages.success(request, _("Tersimpan."))
            return redirect("kinerja:hub", plan.pk)
    return form_page(request, "kinerja/planning/employee.html", {"plan": plan, "form": form})
