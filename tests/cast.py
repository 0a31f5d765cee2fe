"""The fixed cast: one person per role, at real regions, in two areas that must never see each other."""

from datetime import date
from functools import cached_property

from django.conf import settings
from django.test import Client

from coordination.actors.actor import Actor, actor_for
from coordination.actors.models import Organisation, Reach, Role, School, User, Wilayah
from coordination.actors.services.memberships import new_membership
from coordination.actors.services.offices import save_organisation
from coordination.actors.tenancy import paths
from kinerja.services.packs import load_packs, prepare_periods
from kinerja.services.tallies import recount

PASSWORD = "merdeka-belajar"  # noqa: S105
SINCE = date(2026, 1, 1)

REGIONS = [
    ("32", "provinsi", "Jawa Barat", "Asia/Jakarta"),
    ("32.76", "kabkota", "Kota Depok", "Asia/Jakarta"),
    ("32.76.01", "kecamatan", "Pancoran Mas", "Asia/Jakarta"),
    ("32.76.06", "kecamatan", "Beji", "Asia/Jakarta"),
    ("32.16", "kabkota", "Kab. Bekasi", "Asia/Jakarta"),
    ("32.16.06", "kecamatan", "Tambun Selatan", "Asia/Jakarta"),
    ("64", "provinsi", "Kalimantan Timur", "Asia/Makassar"),
    ("64.71", "kabkota", "Kota Balikpapan", "Asia/Makassar"),
    ("64.71.03", "kecamatan", "Balikpapan Utara", "Asia/Makassar"),
    ("65", "provinsi", "Kalimantan Utara", "Asia/Makassar"),
    ("91", "provinsi", "Papua", "Asia/Jayapura"),
    ("91.71", "kabkota", "Kota Jayapura", "Asia/Jayapura"),
    ("91.71.01", "kecamatan", "Jayapura Utara", "Asia/Jayapura"),
    ("93", "provinsi", "Papua Selatan", "Asia/Jayapura"),
]

OFFICES = [
    ("bskap", "bskap", "BSKAP", None, []),
    ("pd", "pd", "Ditjen PAUD Dasmen", None, []),
    ("gtk", "gtk", "Ditjen GTK", None, []),
    ("bbpmp_jabar", "bbpmp", "BBPMP Jawa Barat", "32", ["32"]),
    ("bbgp_jabar", "bbgp", "BBGP Jawa Barat", "32", ["32"]),
    ("bgp_kaltim", "bgp", "BGP Kalimantan Timur", "64", ["64", "65"]),
    ("bgp_papua", "bgp", "BGP Papua", "91", ["91", "93"]),
    ("dinas_3276", "dinas_kabkota", "Dinas Pendidikan Kota Depok", "32.76", []),
    ("dinas_32", "dinas_provinsi", "Dinas Pendidikan Jawa Barat", "32", []),
    ("dinas_6471", "dinas_kabkota", "Dinas Pendidikan Kota Balikpapan", "64.71", []),
    ("dinas_9171", "dinas_kabkota", "Dinas Pendidikan Kota Jayapura", "91.71", []),
    ("mitra_contoh", "mitra", "Mitra Contoh", None, []),
]

SCHOOLS = [
    ("99000001", "SD Contoh Pancoran Mas 1", "SD", "d", "32.76.01"),
    ("99000002", "SD Contoh Beji 1", "SD", "d", "32.76.06"),
    ("99000003", "SMK Contoh Depok 1", "SMK", "m", "32.76.01"),
    ("99000004", "SD Contoh Tambun 1", "SD", "d", "32.16.06"),
    ("99000005", "SD Contoh Balikpapan 1", "SD", "d", "64.71.03"),
    ("99000006", "SMA Contoh Balikpapan 1", "SMA", "m", "64.71.03"),
    ("99000007", "SD Contoh Jayapura 1", "SD", "d", "91.71.01"),
]

PEOPLE = {
    "admin": (Role.PUSAT_ADMIN, "gtk"),
    "pusat": (Role.PUSAT_READER, "gtk"),
    "upt_jabar": (Role.UPT_COORDINATOR, "bbgp_jabar"),
    "upt_jabar_head": (Role.UPT_HEAD, "bbgp_jabar"),
    "upt_jabar_staff": (Role.UPT_STAFF, "bbgp_jabar"),
    "pmp_jabar": (Role.UPT_COORDINATOR, "bbpmp_jabar"),
    "upt_kaltim": (Role.UPT_COORDINATOR, "bgp_kaltim"),
    "upt_papua": (Role.UPT_COORDINATOR, "bgp_papua"),
    "dinas_depok": (Role.DINAS_OFFICER, "dinas_3276"),
    "dinas_depok_head": (Role.DINAS_HEAD, "dinas_3276"),
    "dinas_jabar": (Role.DINAS_OFFICER, "dinas_32"),
    "dinas_balikpapan": (Role.DINAS_OFFICER, "dinas_6471"),
    "mitra": (Role.MITRA_STAFF, "mitra_contoh"),
    "kepsek": (Role.KEPSEK, "99000001"),
    "guru": (Role.GURU, "99000001"),
    "operator": (Role.OPERATOR, "99000001"),
    "penggerak": (Role.PENGGERAK, "99000001"),
    "pengawas": (Role.PENGAWAS, "dinas_3276"),
    "kepsek_smk": (Role.KEPSEK, "99000003"),
    "kepsek_balikpapan": (Role.KEPSEK, "99000005"),
    "penggerak_balikpapan": (Role.PENGGERAK, "99000005"),
    "outsider": None,
}
REACHES = {"pengawas": ["99000001"], "mitra": ["99000002"]}


def build_cast() -> None:
    """Make regions, offices, schools and people, as the owner of the tables."""
    for code, level, name, zone in REGIONS:
        parent = code.rpartition(".")[0] or None
        Wilayah.objects.create(code=code, level=level, name=name, parent_id=parent, time_zone=zone)
    for code, unit, name, region, serves in OFFICES:
        wilayah = Wilayah.objects.get(pk=region) if region else None
        save_organisation(code=code, unit=unit, name=name, short_name=name, wilayah=wilayah, serves=serves)
    for npsn, name, bentuk, level, kecamatan in SCHOOLS:
        make_school(npsn=npsn, name=name, bentuk=bentuk, level=level, kecamatan=kecamatan)
    for username, place in PEOPLE.items():
        make_person(username, *(place or ()))
    load_packs()
    prepare_periods(SINCE)
    # So that what a test sweeps of the noted changes is none of the schools'.
    recount()


def make_school(*, npsn: str, name: str, bentuk: str, level: str, kecamatan: str, **more) -> School:
    return School.objects.create(
        npsn=npsn,
        name=name,
        bentuk=bentuk,
        level=level,
        status="negeri",
        kecamatan_id=kecamatan,
        kabkota_id=kecamatan[:5],
        provinsi_id=kecamatan[:2],
        path=paths.school(kecamatan, level, npsn),
        **more,
    )


def move_school(npsn: str, kecamatan: str) -> School:
    """Move a school to another kecamatan of its kab/kota; the database takes along what hangs on it."""
    school = School.objects.get(npsn=npsn)
    school.kecamatan_id, school.path = kecamatan, paths.school(kecamatan, school.level, npsn)
    school.save()
    return school


def make_person(username: str, role: str = "", place: str = "") -> User:
    """Make a person, with a role at an office (by code) or a school (by NPSN) if one is named."""
    user = User.objects.create_user(
        username,
        f"{username}@contoh.id",
        PASSWORD,
        name=username.replace("_", " ").title(),
        is_staff=role == Role.PUSAT_ADMIN,
    )
    if role:
        at = School.objects.filter(npsn=place).first() or Organisation.objects.get(code=place)
        membership = new_membership(user=user, role=role, place=at, starts=SINCE)
        membership.save()
        for npsn in REACHES.get(username, []):
            school = School.objects.get(npsn=npsn)
            Reach.objects.create(
                membership=membership, path=membership.path, kind="school", school=school, target=school.path
            )
    return user


class Cast:
    """The people by name, each as a client that is logged in."""

    names = tuple(PEOPLE)

    def __init__(self):
        self._clients: dict[str, Client] = {}

    def __getattr__(self, name: str) -> Client:
        if name.startswith("_") or name not in PEOPLE:
            raise AttributeError(name)
        return self.client(name)

    def client(self, name: str) -> Client:
        """A logged-in client for one of the cast."""
        if name not in self._clients:
            client = Client()
            client.force_login(User.objects.get(username=name), backend=settings.AUTHENTICATION_BACKENDS[0])
            self._clients[name] = client
        return self._clients[name]

    @cached_property
    def anonymous(self) -> Client:
        return Client()

    def actor(self, name: str) -> Actor:
        """The actor behind a name, for calling a service: `with cast.actor("guru").entered() as actor: …`."""
        return actor_for(User.objects.get(username=name))
