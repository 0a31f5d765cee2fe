"""What locks the planning of a plan."""

from collections.abc import Iterator

from django.template.defaultfilters import date as day_text
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor

from ..models import Plan, SectionCode
from ..selectors.drafts import gaps_of
from .base import Block, gate


@gate("submit", "amend")
def planning_is_open(plan: Plan, actor: Actor) -> Iterator[Block]:
    """Before the period's planning opens there is nothing to submit; after its assessment has ended neither."""
    period, today = plan.period, actor.today()
    if not period.plan_opens <= today <= period.assess_due:
        yield Block(
            rule=_("Perencanaan %(period)s dibuka %(opens)s dan berakhir bersama penilaiannya, %(ends)s.")
            % {"period": period.name, "opens": _day(period.plan_opens), "ends": _day(period.assess_due)},
            source=_("Kalender periode dari Pusat"),
            facts=((_("Hari ini"), _day(today)),),
            who=_("Admin Pusat mengatur hari-hari periode."),
        )


@gate("submit")
def draft_is_complete(plan: Plan, actor: Actor) -> Iterator[Block]:
    for gap in gaps_of(plan):
        yield Block(
            rule=gap.text,
            source=SOURCES[SectionCode(gap.section)],
            facts=((_("Bagian"), str(SectionCode(gap.section).label)),),
            who=_("Anda melengkapinya di bagian itu."),
            url=gap.section,
        )


SOURCES = {
    SectionCode.PRAKTIK: "PK-4",
    SectionCode.KOMPETENSI: "PK-5, Perdirjen 7607/2023",
    SectionCode.TAMBAHAN: "PK-7",
    SectionCode.PERILAKU: "PK-8",
}


def _day(day) -> str:
    return day_text(day, "j F Y")
