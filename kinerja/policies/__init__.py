"""Who may see and do what with plans, packs and counts."""

from .parts import (
    AssessmentPolicy,
    EvidencePolicy,
    ObservationPolicy,
    PlanEventPolicy,
    PlanItemPolicy,
    PlanVersionPolicy,
    RatingPolicy,
    SectionPolicy,
    SkpDeliveryPolicy,
)
from .plans import PlanPolicy
from .public import PeriodPolicy, RaporColourPolicy, RulePackPolicy, TallyPolicy

__all__ = [
    "AssessmentPolicy",
    "EvidencePolicy",
    "ObservationPolicy",
    "PeriodPolicy",
    "PlanEventPolicy",
    "PlanItemPolicy",
    "PlanPolicy",
    "PlanVersionPolicy",
    "RaporColourPolicy",
    "RatingPolicy",
    "RulePackPolicy",
    "SectionPolicy",
    "SkpDeliveryPolicy",
    "TallyPolicy",
]
