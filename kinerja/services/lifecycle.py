"""The one way a plan changes its state: locked, asked of policy and gates, and written down."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from coordination.actors.actor import Actor
from coordination.actors.transitions import step

from ..gates import require_open
from ..models import Plan, PlanEvent, belongs


def locked(plan: Plan) -> Plan:
    """The plan's row, held until the end of the transaction."""
    return Plan.objects.select_for_update(of=("self",)).select_related("owner", "period").get(pk=plan.pk)


def advance(
    *,
    actor: Actor | None,
    plan: Plan,
    verb: str,
    reason: str = "",
    notes: dict[str, str] | None = None,
    values: dict[str, Any] | None = None,
) -> Plan:
    """Take a locked plan through one transition and record the event; returns it saved.

    `actor` is None for the portal's own work: nobody is asked, the table of transitions holds all the same.
    `values` are other columns that change with the state. Raises NotAllowed, or Refusal saying what locks the
    step. Call it inside the service's transaction, with the plan from `locked`.
    """
    if actor is not None:
        require_open(verb, plan, actor)
    plan.state = step(Plan.TRANSITIONS, verb, state=plan.state, reason=reason)
    for name, value in (values or {}).items():
        setattr(plan, name, value)
    plan.save(update_fields=["state", *(values or {})])
    record_event(actor=actor, plan=plan, verb=verb, reason=reason, notes=notes)
    return plan


def record_event(
    *, actor: Actor | None, plan: Plan, verb: str, reason: str = "", notes: dict[str, str] | None = None
) -> PlanEvent:
    """Write down what happened; `actor` is None for the portal's own work."""
    with transaction.atomic():
        return PlanEvent.objects.create(
            **belongs(plan),
            verb=verb,
            number=plan.version,
            reason=reason,
            notes=notes or {},
            at=timezone.now(),
            by=actor.user if actor else None,
            by_role=actor.acting.label if actor else "",
        )
