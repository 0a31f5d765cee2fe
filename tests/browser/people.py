"""Members, invitations and their pages for the browser to look at."""

from coordination.actors.actor import actor_for
from coordination.actors.models import Invitation, Membership, School, User
from coordination.actors.services.invitations import invite, secret_of

NAME = "Ibu Contoh dengan Nama yang Panjang Sekali"


def _invited(email: str) -> Invitation:
    found = Invitation.objects.filter(email=email).first()
    if found is None:
        with actor_for(User.objects.get(username="kepsek")).entered() as actor:
            place = School.objects.get(npsn="99000001")
            found = invite(actor=actor, email=email, name=NAME, role="guru", place=place)
    return found


def members() -> str:
    _invited("calon.guru.contoh@guru.sd.belajar.id")
    return "/anggota/"


def member() -> str:
    return f"/anggota/{Membership.objects.get(user__username='guru').pk}/"


def member_with_schools() -> str:
    return f"/anggota/{Membership.objects.get(user__username='pengawas').pk}/"


def invitation_of_a_newcomer() -> str:
    return f"/undangan/{secret_of(_invited('calon.guru.contoh@guru.sd.belajar.id').pk)}/"


def invitation_with_an_account() -> str:
    return f"/undangan/{secret_of(_invited('guru@contoh.id').pk)}/"


PAGES = [
    ("kepsek", members),
    ("upt_jabar", members),
    ("kepsek", member),
    ("dinas_depok", member_with_schools),
    ("upt_jabar", "/anggota/undang/"),
    ("kepsek", "/anggota/undang/"),
    ("", invitation_of_a_newcomer),
    ("", invitation_with_an_account),
    ("guru", invitation_with_an_account),
    ("kepsek", invitation_with_an_account),
    ("guru", "/peran/"),
    ("outsider", "/"),
    ("guru", "/token/"),
]
