"""The demo's people, one login for each role."""

from dataclasses import dataclass
from datetime import date

from coordination.actors.models import Membership, Organisation, Reach, Role, School, User
from coordination.actors.services.memberships import new_membership

SINCE = date(2026, 1, 5)


@dataclass(frozen=True)
class Person:
    """A demo login: who it is, and the role at an office (by code) or a school (by NPSN)."""

    login: str
    name: str
    role: str
    place: str
    reaches: tuple[str, ...] = ()


def people(schools: dict[str, str]) -> list[Person]:
    """The logins, in the order they are printed; `schools` gives the NPSN of each example school by its use."""
    guided = (schools["sd_depok"], schools["smp_depok"])
    return [
        Person("admin", "Admin Contoh", Role.PUSAT_ADMIN, "gtk"),
        Person("pusat", "Pembaca Pusat Contoh", Role.PUSAT_READER, "gtk"),
        Person("upt_jabar", "Siti Koordinator Contoh", Role.UPT_COORDINATOR, "bbgp_jabar"),
        Person("upt_papua", "Yakob Koordinator Contoh", Role.UPT_COORDINATOR, "bgp_papua"),
        Person("dinas_depok", "Petugas Dinas Depok Contoh", Role.DINAS_OFFICER, "dinas_3276"),
        Person("dinas_jabar", "Petugas Dinas Jabar Contoh", Role.DINAS_OFFICER, "dinas_32"),
        Person("dinas_balikpapan", "Petugas Dinas Balikpapan Contoh", Role.DINAS_OFFICER, "dinas_6471"),
        Person("mitra", "Staf Mitra Contoh", Role.MITRA_STAFF, "mitra_contoh", (schools["sd_depok"],)),
        Person("kepsek_depok", "Ibu Rambu Contoh", Role.KEPSEK, schools["sd_depok"]),
        Person("guru_depok", "Pak Guru Contoh", Role.GURU, schools["sd_depok"]),
        Person("kepsek_smk_depok", "Pak Kepala SMK Contoh", Role.KEPSEK, schools["smk_depok"]),
        Person("guru_smk_depok", "Bu Guru SMK Contoh", Role.GURU, schools["smk_depok"]),
        Person("penggerak_depok", "Bu Penggerak Contoh", Role.PENGGERAK, schools["sd_depok"]),
        Person("pengawas_depok", "Pengawas Contoh", Role.PENGAWAS, "dinas_3276", guided),
    ]


def principals(schools: dict[str, str]) -> list[Person]:
    """The other example schools' principals, who did their communities' work; nobody can log in as them."""
    return [
        Person(f"kepsek_{use}", f"Kepala {use.replace('_', ' ').title()} Contoh", Role.KEPSEK, npsn)
        for use, npsn in schools.items()
        if use not in {"sd_depok", "smk_depok"}
    ]


def make(person: Person, password: str | None) -> Membership:
    """Make a login with its role (without a password it cannot log in); a second run finds what the first made."""
    user, created = User.objects.get_or_create(
        username=person.login, defaults={"name": person.name, "email": f"{person.login}@contoh.belajar.id"}
    )
    if created:
        user.set_password(password)
        user.save()
    place = School.objects.filter(npsn=person.place).first() or Organisation.objects.get(code=person.place)
    membership = Membership.objects.filter(user=user, role=person.role, until=None).first()
    if membership is None:
        membership = new_membership(user=user, role=person.role, place=place, starts=SINCE)
        membership.save()
    for npsn in person.reaches:
        school = School.objects.get(npsn=npsn)
        Reach.objects.get_or_create(
            membership=membership,
            target=school.path,
            source="penugasan",
            defaults={"path": membership.path, "kind": Reach.Kind.SCHOOL, "school": school},
        )
    return membership
