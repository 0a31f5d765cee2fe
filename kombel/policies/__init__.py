"""Who sees a kombel, who manages it, who decides about it."""

from .kombel import KombelPolicy
from .parts import (
    AttendancePolicy,
    ClusterPolicy,
    ContactLogPolicy,
    DutyMarkPolicy,
    LeaderPolicy,
    MeetingPolicy,
    MeetingReflectionPolicy,
    MemberPolicy,
    PhotoPolicy,
    PmmCheckPolicy,
    RulePackPolicy,
    SchedulePolicy,
)

__all__ = [
    "AttendancePolicy",
    "ClusterPolicy",
    "ContactLogPolicy",
    "DutyMarkPolicy",
    "KombelPolicy",
    "LeaderPolicy",
    "MeetingPolicy",
    "MeetingReflectionPolicy",
    "MemberPolicy",
    "PhotoPolicy",
    "PmmCheckPolicy",
    "RulePackPolicy",
    "SchedulePolicy",
]
