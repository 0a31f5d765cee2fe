"""The one door to a plan."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ..models import Plan
from ..policies import PlanPolicy


def door(request: HttpRequest, pk: int, right: str = "view") -> Plan:
    """The plan if the actor sees it (else 404) and has this right of PlanPolicy (else 403); one statement."""
    rows = Plan.objects.visible_to(request.actor).select_related("owner", "period")
    plan = get_object_or_404(rows, pk=pk)
    PlanPolicy.require(request.actor, right, plan)
    return plan
