"""What a decider reads of a plan: the sent version beside the one decided about before."""

from dataclasses import dataclass

from ..models import Plan, PlanVersion
from ..rules.content import quantities
from ..rules.points import sentence
from .drafts import version_of
from .history import Happening, last_decided, last_return
from .wording import Part, parts_of


@dataclass(frozen=True, slots=True)
class Reading:
    """A sent version in words; `since` is the version the marks compare with (0: the first to be decided)."""

    version: PlanVersion | None
    parts: list[Part]
    since: int
    points: str
    returned: Happening | None

    @property
    def changed(self) -> int:
        """How many lines differ from what was decided about last time."""
        return sum(part.changed for part in self.parts)


def reading_of(plan: Plan) -> Reading:
    """The last version sent, with changes since the last decision marked; nothing before the first is sent."""
    version = version_of(plan, plan.version) if plan.version else None
    if version is None:
        return Reading(None, [], 0, "", None)
    since = last_decided(plan, before=version.number)
    before = version_of(plan, since) if since else None
    return Reading(
        version=version,
        parts=parts_of(plan.rules, version.content, before.content if before else None),
        since=since,
        points=sentence(plan.rules, quantities(version.content["kompetensi"])),
        returned=last_return(plan) if since else None,
    )
