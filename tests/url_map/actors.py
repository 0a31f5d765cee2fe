"""Addresses of coordination/actors and its rows in the test world."""

from coordination.actors.models import Membership, School, User

from . import EVERYONE, MEMBERS, Ref, Row
from .world import Site

ROWS = [
    Row("switch_role", "POST", body={"membership": Ref("my_membership")}, may=MEMBERS),
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

