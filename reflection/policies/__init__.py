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
from .sessions import (
    ChecklistPolicy,
    FacilitatorPolicy,
    FeedbackPolicy,
    NotePolicy,
    RtlItemPolicy,
    RtlPolicy,
    SessionPolicy,
    UndanganPolicy,
)

__all__ = [
    "ChecklistPolicy",
    "CircularPolicy",
    "CollaboratorPolicy",
    "ComponentPolicy",
    "CyclePolicy",
    "DecisionPolicy",
    "FacilitatorPolicy",
    "FeedbackPolicy",
    "NotePolicy",
    "ObligationPolicy",
    "PriorityPolicy",
    "ReportPolicy",
    "ReportVersionPolicy",
    "ReportedPriorityPolicy",
    "RtlItemPolicy",
    "RtlPolicy",
    "SessionPolicy",
    "SourcePolicy",
    "UndanganPolicy",
]
