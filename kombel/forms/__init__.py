"""Shapes of what people type about kombel; rules live in the services."""

from .kombel import ChangeForm, RegisterForm
from .meetings import MeetingForm, PlanForm, ReflectionForm
from .people import AppointForm, ClusterForm, EndForm, MemberForm
from .records import ContactForm, DutyForm, PmmForm, ScheduleForm

__all__ = [
    "AppointForm",
    "ChangeForm",
    "ClusterForm",
    "ContactForm",
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
