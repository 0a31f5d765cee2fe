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

__all__ = [
    "ChangePolicy",
    "InvitationPolicy",
    "MembershipPolicy",
    "OrganisationPolicy",
    "Policy",
    "ReachPolicy",
    "SchoolPolicy",
    "all_policies",
    "may",
    "policy_for",
    "require",
]
