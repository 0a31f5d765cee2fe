"""Shapes of what people type about kombel; rules live in the services."""

from .kombel import ChangeForm, RegisterForm
from .meetings import MeetingForm, PlanForm, ReflectionForm
from .people import AppointForm, ClusterForm, DutyAndClusterForm, EndForm, MemberForm
from .records import ContactForm, DutyForm, PmmForm, ScheduleForm

__all__ = [
    "AppointForm",
    "ChangeForm",
    "ClusterForm",
    "ContactForm",
    "DutyAndClusterForm",
    "DutyForm",
    "EndForm",
    "MeetingForm",
    "MemberForm",
    "PlanForm",
    "PmmForm",
    "ReflectionForm",
    "RegisterForm",
    "ScheduleForm",
]
