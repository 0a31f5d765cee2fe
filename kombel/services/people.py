from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal
from coordination.actors.models import Membership, Reach, Role
from coordination.actors.tenancy.scope import because

from ..models import Cluster, Kombel, Leader, Member
from ..policies import KombelPolicy
from ..selectors.findings import cluster_kinds
from .news import tell_leader


def add_member(
    *,
    actor: Actor,
    kombel: Kombel,
    name: str = "",
    origin: str = "",
    membership: Membership | None = None,
    duty: str = Member.Duty.ANGGOTA,
    cluster: Cluster | None = None,
) -> Member:
    """Add someone with an account (by membership) or without one (by name).

    A member with an account from another school then sees this kombel. Raises Refusal for the same account
    twice or a cluster of another kombel.
    """
    KombelPolicy.require(actor, "manage", kombel)
    if cluster is not None and cluster.kombel_id != kombel.pk:
        raise Refusal(_("Klaster itu bukan bagian dari komunitas ini."))
    member = Member(
        kombel=kombel,
        path=kombel.path,
        user=membership.user if membership else None,
        name=membership.user.name if membership else name.strip(),
        origin=(str(membership.place) if membership else origin.strip()) if kombel.school_id is None else "",
        duty=duty,
        cluster=cluster,
        joined_on=actor.today(),
    )
    with transaction.atomic():
        try:
            with transaction.atomic():
                member.save()
        except IntegrityError as problem:
            if "member_account_once" not in str(problem):
                raise
            raise Refusal(_("%(name)s sudah menjadi anggota.") % {"name": member.name}) from problem
        if membership:
            open_kombel(kombel, membership)
        count_members(kombel)
    return member


def change_member(*, actor: Actor, member: Member, duty: str, cluster: Cluster | None) -> Member:
    """Give a member a duty in the kombel's structure and a place in a cluster."""
    KombelPolicy.require(actor, "manage", member.kombel)
    if cluster is not None and cluster.kombel_id != member.kombel_id:
        raise Refusal(_("Klaster itu bukan bagian dari komunitas ini."))
    member.duty, member.cluster = duty, cluster
    member.save(update_fields=["duty", "cluster"])
    return member


def remove_member(*, actor: Actor, member: Member) -> Member:
    """Let a member leave today; the row and the attendance stay as history."""
    KombelPolicy.require(actor, "manage", member.kombel)
    with transaction.atomic():
        if member.left_on is None:
            member.left_on = max(actor.today(), member.joined_on)
            member.save(update_fields=["left_on"])
        if member.user_id:
            close_to_user(member.kombel, member.user_id)
        count_members(member.kombel)
    return member


def add_cluster(*, actor: Actor, kombel: Kombel, kind: str, name: str) -> Cluster:
    """Make a cluster inside a kombel of one school; raises Refusal for a kind the jenjang does not have (KB-2)."""
    KombelPolicy.require(actor, "manage", kombel)
    if kombel.kind != Kombel.Kind.DALAM:
        raise Refusal(_("Klaster hanya ada pada komunitas dalam sekolah."))
    if kind not in cluster_kinds(kombel.jenjang):
        raise Refusal(
            _("Pengelompokan itu tidak ada di jenjang %(jenjang)s.") % {"jenjang": kombel.get_jenjang_display()},
            mend=_("Mata pelajaran untuk SMP/SMA/SMK, kelas rendah dan tinggi untuk SD, selain itu “Lainnya”."),
        )
    cluster = Cluster(kombel=kombel, path=kombel.path, kind=kind, name=name.strip())
    try:
        with transaction.atomic():
            cluster.save()
    except IntegrityError as problem:
        if "cluster_once" not in str(problem):
            raise
        raise Refusal(_("Klaster %(name)s sudah ada.") % {"name": cluster.name}) from problem
    return cluster


def appoint_leader(
    *,
    actor: Actor,
    kombel: Kombel,
    membership: Membership,
    agreed: bool = False,
    active_member: bool = False,
    moves_members: bool = False,
    facilitates: bool = False,
    whatsapp: str = "",
) -> Leader:
    """Make someone a penggerak of a kombel (KB-5, KB-7); the same person may lead several.

    Inside a school it is the KS or a teacher of that school whom the school agreed on; anything else raises
    Refusal. What KB-5 asks beyond that is kept as it was said, and shown with its reasons.
    """
    KombelPolicy.require(actor, "appoint", kombel)
    principal = membership.role == Role.KEPSEK
    if membership.until is not None and membership.until < actor.today():
        raise Refusal(_("Peran orang itu sudah berakhir."))
    if kombel.kind == Kombel.Kind.DALAM:
        if membership.school_id != kombel.school_id:
            raise Refusal(
                _("Penggerak komunitas dalam sekolah berasal dari sekolah itu sendiri."),
                mend=_("Pilih kepala sekolah atau guru sekolah ini."),
            )
        if not principal and not agreed:
            raise Refusal(
                _("Guru ditunjuk setelah disepakati warga sekolah."),
                mend=_("Tandai kesepakatan itu, atau pilih kepala sekolah."),
            )
    leader = Leader(
        kombel=kombel,
        path=kombel.path,
        user=membership.user,
        name=membership.user.name,
        principal=principal,
        agreed=agreed,
        active_member=active_member,
        moves_members=moves_members,
        facilitates=facilitates,
        whatsapp=whatsapp,
        appointed_by=actor.user,
        starts=actor.today(),
    )
    with transaction.atomic():
        try:
            with transaction.atomic():
                leader.save()
        except IntegrityError as problem:
            if "leader_once" not in str(problem):
                raise
            raise Refusal(_("%(name)s sudah menjadi penggerak komunitas ini.") % {"name": leader.name}) from problem
        open_kombel(kombel, membership)
        note_leaders(kombel)
        tell_leader(actor=actor, leader=leader)
    return leader


def end_leader(*, actor: Actor, leader: Leader, reason: str = "") -> Leader:
    """End a penggerak's time; the row stays as history."""
    kombel = leader.kombel
    KombelPolicy.require(actor, "appoint", kombel)
    with transaction.atomic():
        because(reason)
        leader.until = max(actor.today() - timedelta(days=1), leader.starts)
        leader.ended_because = reason.strip()[:200]
        leader.save(update_fields=["until", "ended_because"])
        close_to_user(kombel, leader.user_id)
        note_leaders(kombel)
    return leader


def open_kombel(kombel: Kombel, membership: Membership) -> None:
    """Let a membership of another place reach this kombel; at the kombel's own school it already does."""
    if membership.path == kombel.path:
        return
    Reach.objects.get_or_create(
        membership=membership,
        target=kombel.path,
        source=source_of(kombel),
        defaults={"path": membership.path, "kind": Reach.Kind.RECORD},
    )


def close_to_user(kombel: Kombel, user_id: int) -> None:
    """Take back the reach of someone who neither leads the kombel nor belongs to it any more.

    Raises Refusal when the actor does not reach that person's own place, so that nobody keeps a hidden key.
    """
    if kombel.school_id is not None:
        return
    still = (
        Leader.objects.filter(kombel=kombel, user_id=user_id, until=None).exists()
        or Member.objects.filter(kombel=kombel, user_id=user_id, left_on=None).exists()
    )
    if still:
        return
    gone, _rows = Reach.objects.filter(source=source_of(kombel), membership__user_id=user_id).delete()
    if not gone:
        raise Refusal(
            _("Anggota ini punya akun di sekolah lain, di luar jangkauan Anda."),
            mend=_("Mintalah Dinas atau UPT mengeluarkannya."),
        )


def source_of(kombel: Kombel) -> str:
    return f"kombel:{kombel.pk}"


def count_members(kombel: Kombel) -> None:
    """Write how many belong to the kombel now onto its row."""
    _hold(kombel)
    kombel.members = Member.objects.filter(kombel=kombel, left_on=None).count()
    kombel.save(update_fields=["members"])


def note_leaders(kombel: Kombel) -> None:
    """Write who leads the kombel now onto its row."""
    _hold(kombel)
    now = list(Leader.objects.filter(kombel=kombel, until=None).order_by("starts", "id").values_list("user_id", "name"))
    kombel.leader_ids = [user_id for user_id, _name in now]
    kombel.penggerak = ", ".join(name for _id, name in now)[:250]
    kombel.save(update_fields=["leader_ids", "penggerak"])


def _hold(kombel: Kombel) -> None:
    """Let two changes at once count one after the other; else each would leave out the other's row."""
    Kombel.objects.select_for_update(of=("self",)).only("pk").get(pk=kombel.pk)
