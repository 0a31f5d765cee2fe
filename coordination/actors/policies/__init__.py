"""Who may do what, and who sees what, on the ground floor."""

from .actors import (
    ChangePolicy,
    InvitationPolicy,
    MembershipPolicy,
    OrganisationPolicy,
    ReachPolicy,
    SchoolPolicy,
)
from .base import Policy, all_policies, may, policy_for, require
from .drafts import DraftPolicy
from .exports import ExportPolicy
from .school_imports import SchoolImportPolicy, SchoolImportRowPolicy

__all__ = [
    "ChangePolicy",
    "DraftPolicy",
    "ExportPolicy",
    "InvitationPolicy",
    "MembershipPolicy",
    "OrganisationPolicy",
    "Policy",
    "ReachPolicy",
    "SchoolImportPolicy",
    "SchoolImportRowPolicy",
    "SchoolPolicy",
    "all_policies",
    "may",
    "policy_for",
    "require",
]
