"""Rule packs and periods, plans and their parts, observation, evidence, assessment, and the counts of them."""

from .assessment import Assessment, Level, Rating, SkpDelivery
from .base import belongs
from .execution import Evidence, Observation, PlanItem
from .packs import Period, RulePack
from .plans import Plan, PlanEvent, PlanVersion, Section, SectionCode
from .reminders import Sweep
from .schools import RaporColour
from .tallies import Tally, TallyChange, TallyRun

__all__ = [
    "Assessment",
    "Evidence",
    "Level",
    "Observation",
    "Period",
    "Plan",
    "PlanEvent",
    "PlanItem",
    "PlanVersion",
    "RaporColour",
    "Rating",
    "RulePack",
    "Section",
    "SectionCode",
    "SkpDelivery",
    "Sweep",
    "Tally",
    "TallyChange",
    "TallyRun",
    "belongs",
]
