from django.db.models import Q

from coordination.actors.actor import DINAS, PUSAT, UPT
from coordination.actors.models import Role
from coordination.actors.policies.base import Policy

from .models import Channel, Holiday, Notice, Preference, Reminder
from .models.notices import TROUBLED


def _is_own(actor, row) -> bool:
    return row.user_id == actor.user.pk


def _is_trouble(actor, notice) -> bool:
    return actor.role == Role.PUSAT_ADMIN and notice.channel == Channel.MAIL and notice.state in TROUBLED


class NoticePolicy(Policy):
    """Notices are their reader's alone; Pusat's admins also see what could not be delivered."""

    model = Notice
    rules = {
        "view": lambda actor, notice: _is_own(actor, notice) or _is_trouble(actor, notice),
        "read": _is_own,
        "settle": _is_trouble,
    }

    @classmethod
    def visible_to(cls, actor, rows):
        own = Q(user_id=actor.user.pk)
        if actor.role == Role.PUSAT_ADMIN:
            return rows.filter(own | Q(channel=Channel.MAIL, state__in=TROUBLED))
        return rows.filter(own)

    @classmethod
    def may(cls, actor, action, obj=None) -> bool:
        # People whose last role has ended still read what was said to them.
        return bool(cls.rules[action](actor, obj))


class PreferencePolicy(Policy):
    """How somebody wants to be told is their own matter."""

    model = Preference
    rules = {"view": _is_own, "change": _is_own}

    @classmethod
    def visible_to(cls, actor, rows):
        return rows.filter(user_id=actor.user.pk)

    @classmethod
    def may(cls, actor, action, obj=None) -> bool:
        return bool(cls.rules[action](actor, obj))


class HolidayPolicy(Policy):
    """The calendar is public; Pusat's admins keep it."""

    model = Holiday
    rules = {
        "view": lambda actor, day: True,
        "change": lambda actor, day: actor.role == Role.PUSAT_ADMIN,
    }

    @classmethod
    def visible_to(cls, actor, rows):
        return rows


class ReminderPolicy(Policy):
    """Which reminders went out is seen by the offices that answer for the matter, and by Pusat."""

    model = Reminder
    READERS = (*PUSAT, *UPT, *DINAS)
    rules = {"view": lambda actor, row: actor.role in ReminderPolicy.READERS and actor.covers(row.path)}

    @classmethod
    def visible_to(cls, actor, rows):
        return rows if actor.role in cls.READERS else rows.none()
