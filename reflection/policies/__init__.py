"""Who may do what, and who sees what, of cycles, sessions and reports."""

from .cycles import CircularPolicy, CyclePolicy, ObligationPolicy
from .reports import (
    CollaboratorPolicy,
    ComponentPolicy,
    DecisionPolicy,
    PriorityPolicy,
    ReportedPriorityPolicy,
    ReportPolicy,
    ReportVersionPolicy,
    SourcePolicy,
)

__all__ = [
    "CircularPolicy",
    "CollaboratorPolicy",
    "ComponentPolicy",
    "CyclePolicy",
    "DecisionPolicy",
    "ObligationPolicy",
    "PriorityPolicy",
    "ReportPolicy",
    "ReportVersionPolicy",
    "ReportedPriorityPolicy",
    "SourcePolicy",
]
