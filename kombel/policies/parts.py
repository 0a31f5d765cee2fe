from coordination.actors.actor import DINAS, PUSAT, UPT
from coordination.actors.models import Role
from coordination.actors.policies.base import Policy

from ..models import (
    Attendance,
    Cluster,
    ContactLog,
    DutyMark,
    Jenjang,
    Leader,
    Meeting,
    MeetingReflection,
    Member,
    Photo,
    PmmCheck,
    RulePack,
    Schedule,
)
from .kombel import KombelPolicy

OFFICE_READERS = (*PUSAT, *UPT, *DINAS)


class Part:
    """A part of a kombel: seen with it, changed by whoever may do `needs` with the kombel.

    `up` is the way from the part to its kombel; `closed_to` are roles that see the kombel but not this part.
    """

    up = "kombel"
    needs = "manage"
    closed_to: tuple[str, ...] = ()

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.rules = {"view": cls._view, "change": cls._change}

    @classmethod
    def kombel_of(cls, part):
        for step in cls.up.split("__"):
            part = getattr(part, step)
        return part

    @classmethod
    def _view(cls, actor, part) -> bool:
        if actor.role in cls.closed_to or not actor.covers(part.path):
            return False
        return not actor.is_vocational or cls.kombel_of(part).jenjang == Jenjang.SMK

    @classmethod
    def _change(cls, actor, part) -> bool:
        return KombelPolicy.may(actor, cls.needs, cls.kombel_of(part))

    @classmethod
    def visible_to(cls, actor, rows):
        if actor.role in cls.closed_to:
            return rows.none()
        return rows.filter(**{f"{cls.up}__jenjang": Jenjang.SMK}) if actor.is_vocational else rows


class Personal(Part):
    """Names, photos and accounts: a mitra reads about the kombel, not about its people (UU PDP 27/2022)."""

    closed_to = (Role.MITRA_STAFF,)


class ClusterPolicy(Part, Policy):
    model = Cluster


class SchedulePolicy(Part, Policy):
    model = Schedule


class MemberPolicy(Personal, Policy):
    model = Member


class LeaderPolicy(Personal, Policy):
    model = Leader
    needs = "appoint"


class MeetingPolicy(Part, Policy):
    model = Meeting
    needs = "document"


class AttendancePolicy(Personal, Policy):
    model = Attendance
    up = "meeting__kombel"
    needs = "document"


class MeetingReflectionPolicy(Part, Policy):
    model = MeetingReflection
    up = "meeting__kombel"
    needs = "document"


class PhotoPolicy(Personal, Policy):
    model = Photo
    up = "meeting__kombel"
    needs = "document"


class DutyMarkPolicy(Part, Policy):
    model = DutyMark


class PmmCheckPolicy(Personal, Policy):
    model = PmmCheck


class ContactLogPolicy(Part, Policy):
    """What offices noted is for offices; the school does not read it."""

    model = ContactLog
    needs = "contact"
    closed_to = tuple(role for role in Role.values if role not in OFFICE_READERS)


class RulePackPolicy(Policy):
    """Rules are public; only Pusat changes them."""

    model = RulePack
    rules = {
        "view": lambda actor, pack: True,
        "change": lambda actor, pack: actor.role == Role.PUSAT_ADMIN,
    }

    @classmethod
    def visible_to(cls, actor, rows):
        return rows
