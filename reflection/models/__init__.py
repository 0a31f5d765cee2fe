"""Cycles and what each UPT owes in them, sessions of reflection, reports to Pusat."""

from .cycles import Circular, Cycle, CycleRule, Obligation
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

__all__ = [
    "Circular",
    "Collaborator",
    "Component",
    "Cycle",
    "CycleRule",
    "Decision",
    "Kind",
    "Obligation",
    "PendingGrant",
    "Priority",
    "Report",
    "ReportVersion",
    "ReportedPriority",
    "Source",
]
