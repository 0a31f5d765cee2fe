"""Learning communities: who belongs, who leads, when they meet, what came of it."""

from .follow import ContactLog, DutyMark, PmmCheck
from .kombel import Jenjang, Kombel
from .meetings import Attendance, Meeting, MeetingReflection, Photo, Schedule
from .people import Cluster, Leader, Member
from .rules import RulePack

__all__ = [
    "Attendance",
    "Cluster",
    "ContactLog",
    "DutyMark",
    "Jenjang",
    "Kombel",
    "Leader",
    "Meeting",
    "MeetingReflection",
    "Member",
    "Photo",
    "PmmCheck",
    "RulePack",
    "Schedule",
]
