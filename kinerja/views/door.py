"""The one door to a plan."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from coordination.actors.errors import NotAllowed
from coordination.actors.models import Role

from ..models import Plan, PlanVersion
from ..policies import PlanPolicy

WITH_NAMES = Plan.objects.select_related("owner", "period")


def plan_door(request: HttpRequest, pk: int) -> Plan:
    """The plan if the actor sees it, else 404."""
    return get_object_or_404(WITH_NAMES.visible_to(request.actor), pk=pk)


def decided_door(request: HttpRequest, pk: int) -> Plan:
    """The plan for who decides about it; its owner reads why it is not theirs to decide (403)."""
    plan = plan_door(request, pk)
    if not PlanPolicy.may(request.actor, "decide", plan):
        raise NotAllowed(
            _("Tidak seorang pun memutuskan rencananya sendiri, juga sebagai Plt."),
            owner=plan.school_name,
            ask=_ask(request, plan),
        )
    return plan


def version_or_404(plan: Plan, number: int) -> PlanVersion:
    return get_object_or_404(PlanVersion.objects.select_related("by"), plan_id=plan.pk, number=number)


def _ask(request: HttpRequest, plan: Plan) -> str:
    if plan.of_principal:
        return _("Dinas yang menaungi sekolah")
    if request.actor.role == Role.KEPSEK:
        return _("Dinas yang menaungi sekolah: Plt kepala sekolah lain dapat memutuskannya")
    return _("kepala sekolah")
