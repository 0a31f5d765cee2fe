from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coordination.actors.errors import Refusal
from coordination.actors.posting import form_page

from ..forms.cycles import CircularForm, PlanForm
from ..models import Cycle
from ..policies import CircularPolicy, CyclePolicy
from ..services.cycles import extend_by_circular, plan_cycles
from .recap import for_pusat


@require_GET
@for_pusat
def cycle_list(request) -> HttpResponse:
    """The calendar of cycles with how many reports are owed and sent."""
    cycles = (
        Cycle.objects.visible_to(request.actor)
        .annotate(
            owed=Count("obligations", distinct=True),
            sent=Count("obligations", filter=Q(obligations__submitted_at__isnull=False), distinct=True),
        )
        .order_by("-starts")
    )
    context = {
        "page_obj": Paginator(cycles, 24).get_page(request.GET.get("page")),
        "form": PlanForm(),
        "may_plan": CyclePolicy.may(request.actor, "plan"),
        "today": request.actor.today(),
    }
    return render(request, "reflection/cycles/list.html", context)


@require_POST
@for_pusat
def plan(request) -> HttpResponse:
    """Make the cycles up to a day."""
    CyclePolicy.require(request.actor, "plan")
    form = PlanForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Tanggalnya belum diisi."), mend=_("Isi tanggal sampai kapan siklus disiapkan."))
    made = plan_cycles(actor=request.actor, until=form.cleaned_data["until"])
    messages.success(request, _("%(number)d siklus disiapkan.") % {"number": len(made)})
    return redirect("reflection:cycles")


@require_GET
@for_pusat
def cycle_detail(request, code: str) -> HttpResponse:
    """One cycle: its days, the circulars that moved them, and each UPT's day."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.actor), code=code)
    context = {
        "cycle": cycle,
        "circulars": cycle.circulars.prefetch_related("provinces", "offices"),
        "moved": cycle.obligations.exclude(circular=None).select_related("organisation", "circular"),
        "may_issue": CircularPolicy.may(request.actor, "issue"),
    }
    return render(request, "reflection/cycles/detail.html", context)


@require_http_methods(["GET", "POST"])
@for_pusat
def circular(request, code: str) -> HttpResponse:
    """Record a circular that moves the due day."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.actor), code=code)
    if not CircularPolicy.may(request.actor, "issue"):
        raise PermissionDenied
    form = CircularForm(request.POST or None, cycle=cycle)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data | {key: list(form.cleaned_data[key]) for key in ("provinces", "offices")}
        try:
            made = extend_by_circular(actor=request.actor, cycle=cycle, **data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Batas kirim dipindahkan dengan surat edaran %(number)s.") % {"number": made.number}
            )
            return redirect("reflection:cycle", cycle.code)
    context = {"cycle": cycle, "form": form}
    return form_page(request, "reflection/cycles/circular.html", context)
