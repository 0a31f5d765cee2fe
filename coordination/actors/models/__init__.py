"""Who works here and where: people, Wilayah, offices, schools, roles with dates, and their history."""

from .drafts import Draft
from .exports import Export
from .history import Change, Once
from .logins import Login
from .memberships import Invitation, Membership, Reach, Role
from .offices import Organisation, Unit
from .people import ApiToken, User
from .school_imports import SchoolImport, SchoolImportRow
from .schools import School
from .wilayah import Wilayah

__all__ = [
    "ApiToken",
    "Change",
    "Draft",
    "Export",
    "Invitation",
    "Login",
    "Membership",
    "Once",
    "Organisation",
    "Reach",
    "Role",
    "School",
    "SchoolImport",
    "SchoolImportRow",
    "Unit",
    "User",
    "Wilayah",
]
