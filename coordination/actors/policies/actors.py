from django.db.models import Q

from ..actor import DINAS, PUSAT, UPT, Actor
from ..models import Change, Invitation, Membership, Organisation, Reach, Role, School
from .base import Policy

MAY_GIVE: dict[str, set[str]] = {
    Role.PUSAT_ADMIN: set(Role.values),
    Role.UPT_HEAD: {Role.UPT_COORDINATOR, Role.UPT_STAFF, Role.UPT_WALI, Role.DINAS_HEAD, Role.MITRA_STAFF},
    Role.UPT_COORDINATOR: {
        Role.UPT_STAFF,
        Role.UPT_WALI,
        Role.DINAS_OFFICER,
        Role.MITRA_STAFF,
        Role.PENGGERAK,
    },
    Role.DINAS_HEAD: {Role.DINAS_OFFICER, Role.PENGAWAS, Role.KEPSEK, Role.OPERATOR},
    Role.DINAS_OFFICER: {Role.PENGAWAS, Role.KEPSEK, Role.OPERATOR},
    Role.KEPSEK: {Role.GURU, Role.OPERATOR, Role.PENGGERAK},
}
"""Which roles a role may give, always inside its own area; an operator prepares and never decides."""

VOCATIONAL_KINDS = ("SMK", "SPK SMK", "SMKLB")


def in_area(actor: Actor, obj) -> bool:
    return actor.covers(obj.path)


def _gives_here(actor: Actor, obj) -> bool:
    return obj.role in MAY_GIVE.get(actor.role, ()) and in_area(actor, obj)


class SchoolPolicy(Policy):
    """Schools are seen by whoever answers for them, and brought in by offices, not by schools."""

    model = School
    IMPORTERS = (Role.PUSAT_ADMIN, Role.UPT_HEAD, Role.UPT_COORDINATOR, Role.UPT_STAFF, *DINAS)
    rules = {
        "view": lambda actor, school: (
            in_area(actor, school) and (not actor.is_vocational or school.bentuk in VOCATIONAL_KINDS)
        ),
        "import": lambda actor, school: actor.role in SchoolPolicy.IMPORTERS and not actor.is_vocational,
        "change": lambda actor, school: actor.role in SchoolPolicy.IMPORTERS and in_area(actor, school),
    }

    @classmethod
    def visible_to(cls, actor, rows):
        return rows.filter(bentuk__in=VOCATIONAL_KINDS) if actor.is_vocational else rows


class OrganisationPolicy(Policy):
    """The list of offices is public; only Pusat changes it."""

    model = Organisation
    rules = {
        "view": lambda actor, office: True,
        "change": lambda actor, office: actor.role == Role.PUSAT_ADMIN,
    }

    @classmethod
    def visible_to(cls, actor, rows):
        return rows


class MembershipPolicy(Policy):
    """Members of a place are seen by its people and by the offices above; a role is given from above."""

    model = Membership
    READERS = (*PUSAT, *UPT, *DINAS, Role.KEPSEK, Role.OPERATOR)
    rules = {
        "view": lambda actor, one: (
            in_area(actor, one)
            and (actor.role in MembershipPolicy.READERS or one.user_id == actor.user.pk)
            and not (actor.is_vocational and one.school_id and one.school.bentuk not in VOCATIONAL_KINDS)
        ),
        "give": _gives_here,
        "end": _gives_here,
    }

    @classmethod
    def visible_to(cls, actor, rows):
        if actor.role not in cls.READERS:
            return rows.filter(user_id=actor.user.pk)
        if actor.is_vocational:
            return rows.filter(Q(school=None) | Q(school__bentuk__in=VOCATIONAL_KINDS))
        return rows


class ReachPolicy(Policy):
    """Where a membership reaches is shown to, and changed by, those who may give that membership."""

    model = Reach
    rules = {
        "view": lambda actor, reach: actor.role in MembershipPolicy.READERS and in_area(actor, reach),
        "change": lambda actor, reach: _gives_here(actor, reach.membership) and actor.covers(reach.target),
    }

    @classmethod
    def visible_to(cls, actor, rows):
        return rows if actor.role in MembershipPolicy.READERS else rows.none()


class InvitationPolicy(Policy):
    """Invitations are seen and sent by those who may give the role."""

    model = Invitation
    rules = {
        "view": lambda actor, one: bool(MAY_GIVE.get(actor.role)) and in_area(actor, one),
        "send": _gives_here,
        "withdraw": _gives_here,
    }

    @classmethod
    def visible_to(cls, actor, rows):
        return rows if MAY_GIVE.get(actor.role) else rows.none()


class ChangePolicy(Policy):
    """The history of an area is read by its heads and by Pusat's admins; an office for SMK reads its own."""

    model = Change
    READERS = (Role.PUSAT_ADMIN, Role.UPT_HEAD, Role.UPT_COORDINATOR, Role.DINAS_HEAD)
    rules = {
        "view": lambda actor, change: (
            actor.role in ChangePolicy.READERS
            and in_area(actor, change)
            and (not actor.is_vocational or change.path == actor.acting.path)
        )
    }

    @classmethod
    def visible_to(cls, actor, rows):
        if actor.role not in cls.READERS:
            return rows.none()
        return rows.filter(path=actor.acting.path) if actor.is_vocational else rows
