from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..actor import Actor
from ..errors import NotAllowed, Refusal
from ..models import ApiToken, Membership, Organisation, Reach, Role, School, User, Wilayah
from ..models.memberships import ROLES_AT, SCHOOL_ROLES
from ..policies import MembershipPolicy, ReachPolicy
from ..tenancy import paths
from ..tenancy.scope import SLOTS, because


def give_role(
    *,
    actor: Actor,
    user: User,
    role: str,
    place: Organisation | School,
    starts: date | None = None,
    until: date | None = None,
    plt: bool = False,
) -> Membership:
    """Give `user` a role at a place; raises NotAllowed, or Refusal when the place has no such role."""
    membership = new_membership(user=user, role=role, place=place, starts=starts or actor.today(), until=until, plt=plt)
    MembershipPolicy.require(actor, "give", membership)
    with transaction.atomic():
        if Membership.objects.filter(
            user=user, role=role, organisation=membership.organisation, school=membership.school, until=None
        ).exists():
            raise Refusal(_("%(name)s sudah memegang peran itu di sini.") % {"name": user})
        membership.save()
    return membership


def new_membership(
    *,
    user: User,
    role: str,
    place: Organisation | School,
    starts: date,
    until: date | None = None,
    plt: bool = False,
) -> Membership:
    """Build a membership with the place's path, unsaved; raises Refusal for a role the place does not have."""
    if role not in (SCHOOL_ROLES if isinstance(place, School) else ROLES_AT[place.kind]):
        raise Refusal(_("Peran itu tidak ada di %(place)s.") % {"place": place}, mend=_("Pilih peran yang lain."))
    where: dict[str, Any] = {"school": place} if isinstance(place, School) else {"organisation": place}
    return Membership(user=user, role=role, path=place.path, starts=starts, until=until, plt=plt, **where)


def end_membership(*, actor: Actor, membership: Membership, on: date | None = None, reason: str = "") -> Membership:
    """End a role on a day (default: yesterday, so it is over now); the row stays as history.

    Ending it twice changes nothing; raises NotAllowed, and Refusal when a day is named for a role that is over.
    """
    MembershipPolicy.require(actor, "end", membership)
    with transaction.atomic():
        because(reason)
        locked = Membership.objects.select_for_update().get(pk=membership.pk)
        if locked.until is not None and locked.until < actor.today():
            if on is None:
                return locked
            raise Refusal(_("Peran ini sudah berakhir."), mend=_("Undang orang itu ke tempat yang baru."))
        last = on or actor.today() - timedelta(days=1)
        locked.until = max(last, locked.starts)
        if on is None and locked.starts >= actor.today():
            # Given and taken on the same day: it never took effect, and must not hold until midnight.
            locked.starts = locked.until = actor.today() - timedelta(days=1)
        locked.ended_because = reason
        locked.save(update_fields=["starts", "until", "ended_because"])
    return locked


def transfer_person(
    *, actor: Actor, membership: Membership, to: Organisation | School, on: date, reason: str
) -> Membership:
    """Move a person to another place from a day on: the old role ends the day before, the new one begins.

    The actor must be allowed to end the old and to give the new one.
    """
    with transaction.atomic():
        end_membership(actor=actor, membership=membership, on=on - timedelta(days=1), reason=reason)
        return give_role(actor=actor, user=membership.user, role=membership.role, place=to, starts=on)


def assign_school(*, actor: Actor, membership: Membership, school: School, source: str = "penugasan") -> Reach:
    """Let a pengawas or a mitra reach one school; asking twice leaves one row."""
    reach = Reach(kind=Reach.Kind.SCHOOL, school=school, target=school.path, source=source)
    return _open(actor, membership, reach)


def assign_area(*, actor: Actor, membership: Membership, region: Wilayah, level: str) -> Reach:
    """Let a mitra reach a whole kab/kota at one level; asking twice leaves one row.

    Raises NotAllowed outside the actor's area, Refusal when the scope's slots are full.
    """
    target = paths.region(region.code, level)
    return _open(actor, membership, Reach(kind=Reach.Kind.AREA, target=target, source="penugasan"))


def _open(actor: Actor, membership: Membership, reach: Reach) -> Reach:
    reach.membership, reach.path = membership, membership.path
    ReachPolicy.require(actor, "change", reach)
    if reach.kind == Reach.Kind.AREA and membership.role != Role.MITRA_STAFF:
        raise Refusal(
            _("Seluruh kab/kota hanya bisa dibuka untuk mitra."), mend=_("Tambahkan sekolahnya satu per satu.")
        )
    _check_room(reach)
    found, _created = Reach.objects.get_or_create(
        membership=membership,
        target=reach.target,
        source=reach.source,
        defaults={"path": reach.path, "kind": reach.kind, "school": reach.school},
    )
    return found


def _check_room(reach: Reach) -> None:
    """Whoever reaches a region has SLOTS places in all; somebody with schools alone has no such limit."""
    Membership.objects.select_for_update().get(pk=reach.membership_id)
    area = reach.kind == Reach.Kind.AREA
    there = Reach.objects.filter(membership=reach.membership).exclude(target=reach.target)
    if (area or there.filter(kind=Reach.Kind.AREA).exists()) and there.count() >= SLOTS:
        raise Refusal(
            _("Anggota ini sudah menjangkau %(most)d tempat.") % {"most": SLOTS}, mend=_("Lepas salah satu dulu.")
        )


def release_school(*, actor: Actor, reach: Reach) -> None:
    """Take a school away from a pengawas or a mitra; the history keeps that they had it."""
    ReachPolicy.require(actor, "change", reach)
    reach.delete()


def deactivate_person(*, actor: Actor, user: User, reason: str) -> None:
    """Close an account: no login, no token; roles in force end today and stay as history.

    Pusat's admins alone (a person may hold roles in several areas); raises NotAllowed or Refusal.
    """
    if actor.role != Role.PUSAT_ADMIN:
        raise NotAllowed
    if user.pk == actor.user.pk:
        raise Refusal(_("Anda tidak bisa menonaktifkan akun sendiri."), mend=_("Minta admin Pusat yang lain."))
    with transaction.atomic():
        because(reason)
        for one in Membership.objects.filter(Q(until=None) | Q(until__gte=actor.today()), user=user):
            end_membership(actor=actor, membership=one, reason=reason)
        User.objects.filter(pk=user.pk).update(is_active=False)
        ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
