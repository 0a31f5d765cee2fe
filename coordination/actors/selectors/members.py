"""Members and invitations of an area, as their lists and pages show them."""

from django.db.models import Q, QuerySet

from ..actor import Actor
from ..models import Change, Invitation, Membership, Organisation, Reach, Role, School, Wilayah
from ..models.memberships import ROLES_AT, SCHOOL_ROLES
from ..policies.actors import MAY_GIVE
from ..tenancy import paths


def members(actor: Actor, *, role: str = "", search: str = "", ended: bool = False) -> QuerySet[Membership]:
    """Memberships the actor may see, newest first; in force unless `ended` is asked for.

    `search` is the beginning of a name or an e-mail address.
    """
    today = actor.today()
    rows = Membership.objects.visible_to(actor).select_related("user", "organisation", "school")
    rows = rows.filter(until__lt=today) if ended else rows.filter(Q(until=None) | Q(until__gte=today))
    if role:
        rows = rows.filter(role=role)
    if search:
        rows = rows.filter(Q(user__name__istartswith=search) | Q(user__email__istartswith=search))
    return rows


def open_invitations(actor: Actor) -> QuerySet[Invitation]:
    return (
        Invitation.objects.visible_to(actor)
        .filter(accepted_at=None, withdrawn_at=None)
        .select_related("organisation", "school", "invited_by")
    )


def roles_to_give(actor: Actor) -> list[tuple[str, str]]:
    """The roles this actor may give, in the order of the list of roles."""
    allowed = MAY_GIVE.get(actor.role, set())
    return [(role.value, str(role.label)) for role in Role if role in allowed]


def roles_at(actor: Actor) -> list[tuple[str, str]]:
    """The roles that people whom this actor sees may have: at a school its own alone."""
    found = SCHOOL_ROLES if actor.role in SCHOOL_ROLES else tuple(Role)
    return [(role.value, str(role.label)) for role in found]


def offices_to_fill(actor: Actor) -> list[Organisation]:
    """The offices in the actor's area at which one of those roles exists."""
    allowed = MAY_GIVE.get(actor.role, set())
    kinds = [kind for kind, roles in ROLES_AT.items() if allowed & set(roles)]
    rows = Organisation.objects.filter(active=True, kind__in=kinds).order_by("name")
    return [office for office in rows if actor.covers(office.path)]


def gives_at_schools(actor: Actor) -> bool:
    return bool(MAY_GIVE.get(actor.role, set()) & set(SCHOOL_ROLES))


def school_by_npsn(actor: Actor, npsn: str) -> School | None:
    return School.objects.visible_to(actor).filter(npsn=npsn.strip()).first()


def regions_of(actor: Actor) -> QuerySet[Wilayah]:
    """The kab/kota that lie wholly in the actor's area."""
    rows = Wilayah.objects.filter(level=Wilayah.Level.KABKOTA).order_by("code")
    inside = [row.code for row in rows if actor.covers(paths.region(row.code, paths.DASAR))]
    return rows.filter(code__in=inside)


def roles_of_person(actor: Actor, user_id: int) -> QuerySet[Membership]:
    """A person's roles, present and past, as far as the actor may see them."""
    return Membership.objects.visible_to(actor).filter(user_id=user_id).select_related("organisation", "school")


def reaches_of(actor: Actor, membership: Membership) -> QuerySet[Reach]:
    rows = Reach.objects.visible_to(actor).filter(membership=membership)
    return rows.exclude(kind=Reach.Kind.RECORD).select_related("school").order_by("target")


def history_of(actor: Actor, row) -> QuerySet[Change]:
    """What the database wrote down about one row, newest first; empty for those who may not read history."""
    return Change.objects.visible_to(actor).filter(subject=row._meta.db_table, subject_id=row.pk)
