from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ..documents.skp import FORMS
from ..gates import require_open
from ..gates.base import blocks
from ..models import Plan
from ..selectors.skp import skp_of
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
    }
    return render(request, "kinerja/skp/page.html", context)


@require_GET
def skp_file(request, pk: int, form: str) -> HttpResponse:
    """The SKP as PDF, XLSX or JSON."""
    plan = door(request, int(pk))
    require_open("export", plan, request.actor)
    kind, write = FORMS[form]
    answer = HttpResponse(write(skp_of(plan, printed_at=timezone.now()), zone_of(request)), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{file_name(plan)}.{form}"'
    return answer


def file_name(plan: Plan) -> str:
    """Without the person's name, which a download folder shows to everybody at the computer."""
    return f"skp-{plan.period.code}-{plan.pk}"


def zone_of(request: HttpRequest) -> ZoneInfo:
    """Where the reader stands."""
    return ZoneInfo(request.actor.acting.time_zone)
