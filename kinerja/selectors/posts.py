"""Where a person works and worked: what decides at which school a plan goes on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from coordination.actors.models import Membership, Role

from ..models import Plan

KEEPS = {True: (Role.KEPSEK,), False: (Role.GURU, Role.PENGGERAK)}
"""The roles that keep a principal's own plan, or a teacher's, at its school; a penggerak is a teacher there too."""
TAKES = {True: Role.KEPSEK, False: Role.GURU}
"""The role with which the plan goes on elsewhere."""


@dataclass(frozen=True, slots=True)
class Post:
    """A role at a school from a day until a day (None: open)."""

    school_id: int
    role: str
    starts: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        return self.starts <= day and (self.until is None or self.until >= day)


def own_posts() -> list[Post]:
    """The posts of the person whose scope this is, past ones too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT school_id, role, starts, until FROM kinerja_own_posts()")
        return [Post(*row) for row in cursor.fetchall()]


def posts_of(user_id: int) -> list[Post]:
    """Anybody's posts at schools; in the portal's own scope."""
    rows = Membership.objects.filter(user_id=user_id, school__isnull=False)
    return [Post(*row) for row in rows.values_list("school_id", "role", "starts", "until")]


def last_day_at(plan: Plan, posts: Iterable[Post], today: date) -> date | None:
    """The last day of the role that the plan belongs to, at its school; None while it holds, or was never there."""
    here = [one for one in posts if one.school_id == plan.school_id and one.role in KEEPS[plan.of_principal]]
    days = [one.until for one in here if one.until is not None]
    if len(days) < len(here) or not days or max(days) >= today:
        return None
    return max(days)


def next_post(plan: Plan, posts: Iterable[Post], today: date) -> Post | None:
    """The newest post at another school with which the plan goes on, or None."""
    role = TAKES[plan.of_principal]
    there = [one for one in posts if one.school_id != plan.school_id and one.role == role and one.holds_on(today)]
    return max(there, key=lambda one: (one.starts, one.school_id), default=None)


def owners_who_left(today: date) -> list[int]:
    """People whose role at a plan's school has ended before the period has; in the portal's own scope."""
    left = Q()
    for of_principal, kept in KEEPS.items():
        roles = Membership.objects.filter(user=OuterRef("owner_id"), school=OuterRef("school_id"), role__in=kept)
        holds = roles.filter(Q(until=None) | Q(until__gte=today))
        left |= Q(Exists(roles), ~Exists(holds), of_principal=of_principal)
    plans = Plan.objects.filter(state__in=Plan.OPEN, period__assess_due__gte=today).filter(left)
    return list(plans.values_list("owner_id", flat=True).distinct().order_by("owner_id"))
