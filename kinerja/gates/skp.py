"""What locks the SKP of a plan and its sending."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from coordination.actors.actor import Actor

from ..models import Plan
from .base import Block, gate


@gate("export")
def something_was_sent(plan: Plan, actor: Actor) -> Iterator[Block]:
    """An SKP says what was sent, never a draft: the decider has no business in it."""
    if not plan.version:
        yield Block(
            rule=_("SKP dibuat dari rencana yang sudah diajukan."),
            source="PK-11",
            facts=((_("Versi terkirim"), "0"),),
            who=_("Pemilik rencana melengkapi lalu mengajukannya."),
        )
