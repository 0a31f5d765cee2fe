"""The one door to a plan."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ..models import Plan
from ..policies import PlanPolicy


def door(request: HttpRequest, pk: int, right: str = "view") -> Plan:
    """The plan if the actor sees it (else 404) and has this right of PlanPolicy (else 403); one statement."""
    rows = Plan.objects.visible_to(request.actor).select_related("owner", "period")
    plan = get_object_or_404(rows, pk=pk)
    if plan.owner_id != request.actor.user.pk:
        request.menu_path = _job_of(request)
    PlanPolicy.require(request.actor, right, plan)
    return plan


RATED_BY = {"assess", "answer", "observation", "evidence", "result", "skp"}
"""The pages that belong to rating somebody; the others of a plan belong to deciding about it."""


def _job_of(request: HttpRequest) -> str:
    """Where somebody else's plan stands in the menu: not in "Rencana saya", though its address begins the same."""
    found = request.resolver_match
    is_rating = found is not None and (found.url_name in RATED_BY or found.kwargs.get("action") == "rate")
    return reverse("kinerja:assessments" if is_rating else "kinerja:queue")
