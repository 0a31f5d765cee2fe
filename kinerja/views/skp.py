from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coordination.actors.actor import AT_SCHOOL, DINAS
from coordination.actors.errors import Refusal
from coordination.actors.models import Role
from coordination.actors.posting import PER_PAGE

from ..documents.skp import FORMS
from ..forms.skp import DeliveriesForm
from ..gates import blocks, require_open
from ..models import Plan
from ..selectors.deliveries import deliveries_of, last_delivery, national_counts
from ..selectors.skp import skp_of
from ..services.deliveries import send_skp
from .common import door


@require_GET
def skp_page(request, pk: int) -> HttpResponse:
    """The SKP on one page, its files, and how its sending stands."""
    plan = door(request, pk)
    locked = blocks("export", plan, request.actor)
    context = {
        "plan": plan,
        "locked": locked,
        "skp": None if locked else skp_of(plan, printed_at=timezone.now()),
        "forms": list(FORMS),
        "is_mine": plan.owner_id == request.actor.user.pk,
        "delivery": last_delivery(plan),
        "send_locked": blocks("send", plan, request.actor),
    }
    return render(request, "kinerja/skp/page.html", context)


@require_GET
def skp_file(request, pk: int, form: str) -> HttpResponse:
    """The SKP as PDF, XLSX or JSON."""
    plan = door(request, int(pk))
    require_open("export", plan, request.actor)
    kind, write = FORMS[form]
    answer = HttpResponse(write(skp_of(plan, printed_at=timezone.now()), request.actor.acting.zone), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{file_name(plan)}.{form}"'
    return answer


@require_POST
def skp_send(request, pk: int) -> HttpResponse:
    """Send the SKP to e-Kinerja, the first time or again after a failure."""
    plan = door(request, pk)
    try:
        send_skp(actor=request.actor, plan=plan)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("SKP masuk antrean dan dikirim dalam beberapa menit."))
    return redirect("kinerja:skp", plan.pk)


@require_GET
def deliveries(request) -> HttpResponse:
    """What was sent, what failed and who mends it; for Pusat's admins only how many."""
    actor = request.actor
    if actor.role == Role.PUSAT_ADMIN:
        return render(
            request, "kinerja/skp/counts.html", {"counts": national_counts(), "address": bool(settings.EKINERJA_URL)}
        )
    if actor.role not in (*AT_SCHOOL, *DINAS):
        raise Http404
    form = DeliveriesForm(request.GET)
    page = Paginator(deliveries_of(actor, form.chosen()), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page, "address": bool(settings.EKINERJA_URL)}
    return render(request, "kinerja/skp/deliveries.html", context)


def file_name(plan: Plan) -> str:
    """Without the person's name, which a download folder shows to everybody at the computer."""
    return f"skp-{plan.period.code}-{plan.pk}"
