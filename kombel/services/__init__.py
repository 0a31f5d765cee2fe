"""Changes to kombel; each takes the actor first and does all or nothing."""

from .follow import declare_pmm, log_contact, mark_duty
from .kombel import approve_kombel, change_kombel, close_kombel, register_kombel, reopen_kombel
from .meetings import cancel_meeting, change_meeting, plan_meeting, record_meeting, write_reflection
from .people import add_cluster, add_member, appoint_leader, change_member, end_leader, remove_member
from .photos import add_photos, remove_photo
from .rules import save_rule_pack
from .schedules import add_schedule, remove_schedule

__all__ = [
    "add_cluster",
    "add_member",
    "add_photos",
    "add_schedule",
    "appoint_leader",
    "approve_kombel",
    "cancel_meeting",
    "change_kombel",
    "change_meeting",
    "change_member",
    "close_kombel",
    "declare_pmm",
    "end_leader",
    "log_contact",
    "mark_duty",
    "plan_meeting",
    "record_meeting",
    "register_kombel",
    "remove_member",
    "remove_photo",
    "remove_schedule",
    "reopen_kombel",
    "save_rule_pack",
    "write_reflection",
]
