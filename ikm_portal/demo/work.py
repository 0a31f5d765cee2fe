"""The demo's work: communities, some busy and some silent, through the same services as the pages."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from coordination.actors.actor import Actor, actor_for
from coordination.actors.models import Membership, School, User, Wilayah
from kombel.models import Kombel
from kombel.services.kombel import register_kombel
from kombel.services.meetings import Minutes, record_meeting, write_reflection
from kombel.services.people import add_member, appoint_leader
from kombel.services.schedules import add_schedule
from reflection.models import Session
from reflection.selectors.cycles import current_cycle
from reflection.services.invitations import invite_kombel
from reflection.services.sessions import plan_session

from .schools import SCHOOLS

SINCE = timedelta(days=150)
SESSION = "Refleksi Contoh Depok"


@dataclass(frozen=True)
class Story:
    """One example community: at which school, and how many days ago it met; its principal does the work."""

    name: str
    school: str
    met: tuple[int, ...]

    @property
    def by(self) -> str:
        return "kepsek_depok" if self.school == "sd_depok" else f"kepsek_{self.school}"


STORIES = (
    Story("Kombel Contoh Literasi SD Pancoran Mas", "sd_depok", (2, 9, 16, 23)),
    Story("Kombel Contoh Numerasi SMP Sukmajaya", "smp_depok", (20, 27)),
    Story("Kombel Contoh Guru Kelas SD Beji", "sd_beji", (47,)),
    Story("Kombel Contoh Kejuruan SMK Depok", "smk_depok", ()),
    Story("Kombel Contoh Literasi SD Balikpapan Utara", "sd_balikpapan", (5, 12)),
    Story("Kombel Contoh Asesmen SMP Balikpapan Kota", "smp_balikpapan", (60,)),
    Story("Kombel Contoh Kelas Rangkap SD Abepura", "sd_jayapura", (8,)),
)
TOPICS = ("Asesmen awal pembelajaran", "Pembelajaran berdiferensiasi", "Membaca hasil Rapor Pendidikan", "Modul ajar")
WORDS = (
    ("Guru membawa contoh pekerjaan murid", "Waktu diskusi terlalu pendek", "Murid lebih berani bertanya"),
    ("Rekan saling mengamati kelas", "Jadwal bentrok dengan rapat", "Tugas disesuaikan dengan kemampuan murid"),
    ("Semua anggota hadir tepat waktu", "Jaringan internet sering putus", "Murid membaca lima belas menit setiap pagi"),
    ("Praktik baik dicatat bersama", "Belum semua guru mencoba di kelas", "Murid saling memberi umpan balik"),
)


def actor(login: str) -> Actor:
    return actor_for(User.objects.get(username=login))


def make_communities() -> int:
    """Make the example communities that are missing; returns how many."""
    missing = [story for story in STORIES if not Kombel.objects.filter(name=story.name).exists()]
    for story in missing:
        with actor(story.by).entered() as doer:
            kombel = _register(story, doer)
            _meet(story, kombel, doer)
        _age(kombel, doer.today())
    _guide_depok()
    return len(missing)


def _register(story: Story, doer: Actor) -> Kombel:
    school = School.objects.get(npsn=SCHOOLS[story.school][0])
    kombel = register_kombel(
        actor=doer, name=story.name, kind=Kombel.Kind.DALAM, school=school, programme="Program contoh semester ini"
    )
    for number in range(1, 5):
        add_member(actor=doer, kombel=kombel, name=f"Guru Contoh {number}")
    return kombel


def _meet(story: Story, kombel: Kombel, doer: Actor) -> None:
    for turn, days in enumerate(sorted(story.met, reverse=True)):
        well, improve, impact = WORDS[turn % len(WORDS)]
        minutes = Minutes(
            topic=TOPICS[turn % len(TOPICS)],
            held_on=doer.today() - timedelta(days=days),
            starts=time(13, 0),
            ends=time(14, 30),
            present=4,
        )
        meeting = record_meeting(actor=doer, kombel=kombel, minutes=minutes)
        write_reflection(
            actor=doer, meeting=meeting, version=0, went_well=well, to_improve=improve, pupil_impact=impact
        )


def _age(kombel: Kombel, today: date) -> None:
    """Let a community have been registered months ago, so that silence can be seen."""
    since = today - SINCE
    row = Kombel.objects.get(pk=kombel.pk)
    Kombel.objects.filter(pk=kombel.pk).update(registered_on=since, quiet_since=row.last_meeting or since)


def make_session() -> int:
    """A reflection session next week to which the UPT invites Depok's communities; returns how many are invited."""
    with actor("upt_jabar").entered() as coordinator:
        today = coordinator.today()
        cycle = current_cycle(today)
        if cycle is None or Session.objects.filter(title=SESSION).exists():
            return 0
        session = plan_session(
            actor=coordinator,
            cycle=cycle,
            title=SESSION,
            held_on=today + timedelta(days=7),
            starts=time(9, 0),
            ends=time(12, 0),
            mode="luring",
            place="Aula contoh, Depok",
        )
        depok = Kombel.objects.visible_to(coordinator).filter(state=Kombel.State.AKTIF, name__contains="Contoh")
        return invite_kombel(actor=coordinator, session=session, kombel=depok)


def _guide_depok() -> None:
    """The penggerak of the example school leads its community and one between schools."""
    first = Kombel.objects.get(name=STORIES[0].name)
    if first.leader_ids:
        return
    penggerak = Membership.objects.get(user__username="penggerak_depok", until=None)
    said: dict[str, Any] = {"agreed": True, "active_member": True, "moves_members": True, "facilitates": True}
    with actor("kepsek_depok").entered() as kepsek:
        appoint_leader(actor=kepsek, kombel=first, membership=penggerak, **said)
        add_schedule(
            actor=kepsek, kombel=first, purpose="rutin", every=1, unit="minggu", weekday=3,
            starts=time(13, 0), ends=time(14, 30), mode="luring",
        )  # fmt: skip
    with actor("dinas_depok").entered() as dinas:
        between = register_kombel(
            actor=dinas, name="KKG Contoh Gugus Pancoran Mas", kind=Kombel.Kind.ANTAR, form="kkg", jenjang="sd",
            wilayah=Wilayah.objects.get(pk="32.76.01"),
        )  # fmt: skip
        appoint_leader(actor=dinas, kombel=between, membership=penggerak, **said)
