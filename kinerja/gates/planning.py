"""What locks the planning of a plan."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.zones import day_words

from ..models import Plan, SectionCode
from ..policies.plans import owns
from ..selectors.drafts import gaps_of
from .base import Block, gate, guide


@gate("submit", "amend")
def planning_is_open(plan: Plan, actor: Actor) -> Iterator[Block]:
    """Before the period's planning opens there is nothing to submit; after its assessment has ended neither."""
    period, today = plan.period, actor.today()
    if not period.plan_opens <= today <= period.assess_due:
        yield Block(
            rule=_("Perencanaan %(period)s dibuka %(opens)s dan berakhir bersama penilaiannya, %(ends)s.")
            % {"period": period.name, "opens": day_words(period.plan_opens), "ends": day_words(period.assess_due)},
            source=_("Kalender periode dari Pusat"),
            facts=((_("Hari ini"), day_words(today)),),
            who=_("Admin Pusat mengatur hari-hari periode."),
        )


@gate("submit")
def draft_is_complete(plan: Plan, actor: Actor) -> Iterator[Block]:
    """What is missing is said to the owner alone: nobody else has any business in the draft."""
    for gap in gaps_of(plan) if owns(actor, plan) else ():
        yield Block(
            rule=gap.text,
            source=_source(plan, SectionCode(gap.section)),
            facts=((_("Bagian"), str(SectionCode(gap.section).label)),),
            who=_("Anda melengkapinya di bagian itu."),
            url=gap.section,
        )


@gate("keep")
def something_was_approved(plan: Plan, actor: Actor | None) -> Iterator[Block]:
    """There must be something to go back to."""
    if not plan.approved:
        yield Block(
            rule=_("Rencana ini belum pernah disetujui."),
            source=guide(_("Rencana kinerja")),
            facts=((_("Versi disetujui"), "0"),),
            who=_("Anda memperbaiki bagian yang diberi catatan, lalu mengajukannya lagi."),
        )


def _source(plan: Plan, section: SectionCode) -> str:
    """Points are the regulation's; how the other parts are written is told by the guide."""
    return plan.rules.source if section == SectionCode.KOMPETENSI else guide(_("Rencana kinerja"))
