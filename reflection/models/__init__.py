"""Cycles and what each UPT owes in them, sessions of reflection, reports to Pusat."""

from .cycles import Circular, Cycle, CycleRule, Obligation
from .invitations import Feedback, Undangan
from .reports import (
    Collaborator,
    Component,
    Decision,
    Kind,
    PendingGrant,
    Priority,
    Report,
    ReportedPriority,
    ReportVersion,
    Source,
)
from .rtl import Rtl, RtlItem
from .sessions import ChecklistItem, Facilitator, Note, Session

__all__ = [
    "ChecklistItem",
    "Circular",
    "Collaborator",
    "Component",
    "Cycle",
    "CycleRule",
    "Decision",
    "Facilitator",
    "Feedback",
    "Kind",
    "Note",
    "Obligation",
    "PendingGrant",
    "Priority",
    "Report",
    "ReportVersion",
    "ReportedPriority",
    "Rtl",
    "RtlItem",
    "Session",
    "Source",
    "Undangan",
]
