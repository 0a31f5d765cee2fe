"""Looks at the explanation of a locked step."""


def locked_step() -> str:
    """A draft that was never filled in, as its owner asks why it cannot be sent."""
    from coordination.actors.actor import actor_for
    from coordination.actors.models import User
    from kinerja.models import Period
    from kinerja.services.plans import begin_plan

    with actor_for(User.objects.get(username="guru")).entered() as actor:
        plan = begin_plan(actor=actor, period=Period.objects.filter(plan_opens__lte=actor.today()).first())
    return f"/kinerja/rencana/{plan.pk}/mengapa/submit/"


def locked_section() -> str:
    return locked_step().replace("mengapa/submit", "mengapa-bagian/praktik")
