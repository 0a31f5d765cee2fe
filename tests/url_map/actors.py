"""Addresses of coordination/actors and its rows in the test world."""

from datetime import timedelta

from django.utils import timezone

from coordination.actors.models import ApiToken, Invitation, Membership, School, User

from . import DINAS, EVERYONE, KEPSEK, MEMBERS, PUSAT, UPT, Ref, Row, fresh_token
from .world import Site

COORDINATORS = "upt_jabar upt_jabar_head pmp_jabar upt_kaltim"
INVITERS = f"admin {COORDINATORS} upt_papua {DINAS} {KEPSEK}"

ROWS = [
    Row("switch_role", "GET", may=EVERYONE),
    Row("switch_role", "POST", body={"membership": Ref("my_membership")}, may=MEMBERS),
    Row("invitation", "GET POST", url={"secret": "bukan-undangan"}, public=True, gives=404),
    Row("tokens", "GET", may=EVERYONE),
    Row("tokens", "POST", body={"name": "Uji", "days": "30", "token": fresh_token}, may=MEMBERS, changing=True),
    Row("token_revoke", "POST", url={"pk": Ref("api_token")}, may="upt_jabar"),
    Row("members", query={"q": "k", "peran": "guru"}, may=EVERYONE),
    Row("member_invite", "GET", may=INVITERS),
    Row(
        "member_invite",
        "POST",
        body={
            "name": "Rekan baru",
            "email": "baru@contoh.id",
            "role": "kepsek",
            "npsn": Ref("school", "npsn"),
            "token": fresh_token,
        },
        may="admin dinas_depok dinas_depok_head dinas_jabar dinas_balikpapan",
    ),
    Row("invitation_resend", "POST", url={"pk": Ref("office_invitation")}, may=f"admin {COORDINATORS}"),
    Row("invitation_resend", "POST", url={"pk": Ref("school_invitation")}, may=f"admin {KEPSEK}"),
    Row("invitation_withdraw", "POST", url={"pk": Ref("office_invitation")}, may=f"admin {COORDINATORS}"),
    Row("invitation_withdraw", "POST", url={"pk": Ref("school_invitation")}, may=f"admin {KEPSEK}"),
    Row("member", url={"pk": Ref("membership")}, may=f"{PUSAT} {UPT} {DINAS} {KEPSEK} operator"),
    Row(
        "member_end",
        "POST",
        url={"pk": Ref("office_membership")},
        body={"end-reason": "selesai"},
        may=f"admin {COORDINATORS}",
    ),
    Row(
        "member_end",
        "POST",
        url={"pk": Ref("school_membership")},
        body={"end-reason": "selesai"},
        may=f"admin {KEPSEK}",
    ),
    Row(
        "member_transfer",
        "POST",
        url={"pk": Ref("school_membership")},
        body={"transfer-npsn": Ref("school", "npsn"), "transfer-on": "2026-12-01", "transfer-reason": "mutasi"},
        may=f"admin {KEPSEK}",
    ),
    Row("member_deactivate", "POST", url={"pk": Ref("school_membership")}, body={"reason": "uji"}, may="admin"),
    Row(
        "reach_add",
        "POST",
        url={"pk": Ref("pengawas_membership")},
        body={"reach-npsn": Ref("school", "npsn")},
        may="admin dinas_depok dinas_depok_head",
    ),
    Row(
        "reach_remove",
        "POST",
        url={"pk": Ref("pengawas_membership"), "reach_pk": Ref("reach")},
        may="admin dinas_depok dinas_depok_head",
    ),
]


def build(at: Site) -> None:
    """The place's school gets a telling name; later rounds bring another school and a colleague."""
    if at.school and not at.serial:
        at.school.name = at.canary("sekolah")
        at.school.save()
        at.give("school", at.school)
    elif at.school:
        npsn = f"9901{at.serial:02}{len(at.name):02}"
        School.objects.create(
            npsn=npsn,
            name=at.canary("sekolah"),
            bentuk=at.school.bentuk,
            level=at.school.level,
            status="negeri",
            provinsi_id=at.school.provinsi_id,
            kabkota_id=at.school.kabkota_id,
            path=at.record(npsn),
        )
    else:
        at.give("office", at.office, only=EVERYONE)
    _colleague(at)
    if not at.serial:
        for membership in Membership.objects.filter(path=at.path).select_related("user"):
            at.give("my_membership", membership, only=membership.user.username)


def _colleague(at: Site) -> None:
    """Somebody outside the cast who works here, by the key `colleague`; their membership by `membership`."""
    name = at.canary("rekan")
    user = User.objects.create_user(name, f"{name}@contoh.id", name=name)
    place = {"school": at.school} if at.school else {"organisation": at.office}
    role = "guru" if at.school else "upt_staff"
    membership = Membership.objects.create(user=user, role=role, path=at.path, starts="2026-01-01", **place)
    at.give("colleague", user)
    at.give("membership", membership)
    at.give("school_membership" if at.school else "office_membership", membership)
    _offers(at, role, place)


def _offers(at: Site, role: str, place: dict) -> None:
    """An invitation that waits here; for one of the cast a token, for a school a pengawas who has it."""
    name = at.canary("undangan")
    invitation = Invitation.objects.create(
        email=f"{name}@contoh.id",
        name=name,
        role=role,
        path=at.path,
        invited_by=at.person("admin"),
        expires_at=timezone.now() + timedelta(days=9),
        sent_at=timezone.now(),
        **place,
    )
    at.give("school_invitation" if at.school else "office_invitation", invitation)
    if at.name == "bbgp_jabar" and not at.serial:
        token = ApiToken.objects.create(
            user=at.person("upt_jabar"),
            membership_id=0,
            name=at.canary("token", only="upt_jabar"),
            digest=name,
            expires_at=timezone.now() + timedelta(days=9),
        )
        at.give("api_token", token, only="upt_jabar")
    if at.name == "depok" and not at.serial:
        pengawas = Membership.objects.get(user=at.person("pengawas"))
        above = "admin pusat dinas_depok dinas_depok_head upt_jabar upt_jabar_head upt_jabar_staff pmp_jabar"
        at.give("pengawas_membership", pengawas, only=above)
        at.give("reach", pengawas.reaches.get(), only=above)
