"""The evidence of a plan, and whose plan takes evidence now."""

from collections import defaultdict

from django.db.models import QuerySet

from coordination.actors.actor import Actor

from ..models import Evidence, Plan


def evidence_by_item(plan: Plan) -> dict[int, list[Evidence]]:
    """All evidence of a plan by the id of its RHK, withdrawn ones too; one statement."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    for one in Evidence.objects.filter(plan_id=plan.pk).order_by("item_id", "done_on", "id"):
        found[one.item_id].append(one)
    return found


def kinds_offered(plan: Plan) -> list[tuple[str, str]]:
    """The kinds of evidence the plan's pack takes; without uploads these are links and notes."""
    uploads = {Evidence.Kind.PHOTO, Evidence.Kind.PDF}
    return [(one.value, str(one.label)) for one in Evidence.Kind if plan.rules.evidence.uploads or one not in uploads]


def running_plans(actor: Actor) -> QuerySet[Plan]:
    """The actor's own plans that were approved and are not rated yet, the newest first."""
    rows = Plan.objects.visible_to(actor).filter(Plan.RUNNING, owner=actor.user)
    return rows.select_related("period").order_by("-starts", "-pk")
