"""Addresses of kombel and its rows in the test world."""

from datetime import date, time, timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from coordination.actors.models import Draft, User
from kombel.models import (
    Attendance,
    Cluster,
    ContactLog,
    Jenjang,
    Kombel,
    Leader,
    Meeting,
    MeetingReflection,
    Member,
    Photo,
    PmmCheck,
    Schedule,
)

from . import DINAS, EVERYONE, KEPSEK, MEMBERS, PUSAT, SCHOOL, UPT, Part, Ref, Row, fresh_token
from .world import SEES, Site

OFFICES = f"{UPT} {DINAS}"
DECIDE = f"{OFFICES} {KEPSEK}"
LEADERS = "penggerak penggerak_balikpapan"
MANAGE = f"{DECIDE} {LEADERS}"
DOCUMENT = f"{KEPSEK} {LEADERS}"
VIEW = f"{PUSAT} {OFFICES} {SCHOOL} pengawas"
HELD = {"held_on": "2026-03-02", "topic": "Asesmen", "mode": "luring", "present": "4"}
ROUTINE = {
    "purpose": "rutin", "every": "1", "unit": "minggu", "weekday": "2", "starts": "13:00", "ends": "14:00",
    "mode": "luring",
}  # fmt: skip
AT = {"pk": Ref("kombel")}
GOOD = {"went_well": "Baik"}

ROWS = [
    Row("kombel:list", query={"q": Part("kombel", "name"), "kabkota": "32.76", "keadaan": "senyap"}, may=EVERYONE),
    Row("kombel:csv", query={"q": Part("kombel", "name"), "jenjang": "sd"}, may=EVERYONE),
    Row("kombel:csv", "POST", body={"token": fresh_token}, may=MEMBERS, changing=True),
    Row("kombel:summary", may=EVERYONE),
    Row("kombel:meetings", may=EVERYONE),
    Row("kombel:new", "GET", may=f"{OFFICES} {SCHOOL}"),
    Row(
        "kombel:new",
        "POST",
        body={"kind": "dalam", "npsn": Ref("school", "npsn"), "name": "Kombel baru", "token": fresh_token},
        may=f"{OFFICES} {SCHOOL}",
    ),
    Row("kombel:detail", url=AT, may=VIEW),
    Row("kombel:change", "GET", url=AT, may=MANAGE),
    Row("kombel:change", "POST", url=AT, body={"name": "Nama baru", "version": "1"}, may=MANAGE),
    Row("kombel:close", "GET", url=AT, may=DECIDE),
    Row("kombel:close", "POST", url=AT, body={"reason": "bubar"}, may=DECIDE),
    Row("kombel:decide", "POST", url={"pk": Ref("kombel_draft"), "decision": "setujui"}, may=DECIDE),
    Row("kombel:meeting_new", "GET", url=AT, may=DOCUMENT),
    Row(
        "kombel:meeting_new",
        "POST",
        url=AT,
        body={**HELD, "members": Ref("member"), "token": fresh_token},
        may=DOCUMENT,
    ),
    Row("kombel:meeting_new_draft", "POST", url=AT, body={**HELD, "version": "0"}, may=DOCUMENT, changing=True),
    Row("kombel:meeting_plan", "GET", url=AT, may=DOCUMENT),
    Row(
        "kombel:meeting_plan",
        "POST",
        url=AT,
        body={
            "held_on": lambda: (timezone.localdate() + timedelta(days=9)).isoformat(),
            "topic": "Asesmen",
            "mode": "luring",
            "token": fresh_token,
        },
        may=DOCUMENT,
    ),
    Row("kombel:member_add", "GET", url=AT, may=MANAGE),
    Row(
        "kombel:member_add",
        "POST",
        url=AT,
        body={"name": "Guru baru", "duty": "anggota", "cluster": Ref("cluster"), "token": fresh_token},
        may=MANAGE,
    ),
    Row("kombel:member_change", "GET", url={**AT, "member_pk": Ref("member")}, may=MANAGE),
    Row(
        "kombel:member_change",
        "POST",
        url={**AT, "member_pk": Ref("member")},
        body={"duty": "ketua", "cluster": Ref("cluster")},
        may=MANAGE,
    ),
    Row("kombel:member_remove", "POST", url={**AT, "member_pk": Ref("member")}, may=MANAGE),
    Row("kombel:cluster_add", "GET", url=AT, may=MANAGE),
    Row("kombel:cluster_add", "POST", url=AT, body={"kind": "lain", "name": "Baru", "token": fresh_token}, may=MANAGE),
    Row("kombel:leader_appoint", "GET", url=AT, may=DECIDE),
    Row(
        "kombel:leader_appoint",
        "POST",
        url=AT,
        body={"membership": Ref("school_membership"), "agreed": "on", "token": fresh_token},
        may=DECIDE,
    ),
    Row("kombel:leader_end", "GET POST", url={**AT, "leader_pk": Ref("leader")}, body={"reason": "mutasi"}, may=DECIDE),
    Row("kombel:schedule_add", "GET", url=AT, may=MANAGE),
    Row("kombel:schedule_add", "POST", url=AT, body={**ROUTINE, "token": fresh_token}, may=MANAGE),
    Row("kombel:schedule_remove", "POST", url={**AT, "schedule_pk": Ref("schedule")}, may=MANAGE),
    Row("kombel:pmm", "GET", url=AT, may=MANAGE),
    Row("kombel:pmm", "POST", url=AT, body={"uses_pmm": "on", "version": "1"}, may=MANAGE),
    Row("kombel:duty", "GET", url={**AT, "letter": "i"}, may=MANAGE),
    Row("kombel:duty", "POST", url={**AT, "letter": "i"}, body={"evidence": "angket"}, may=MANAGE),
    Row("kombel:contact", "GET", url=AT, may=OFFICES),
    Row("kombel:contact", "POST", url=AT, body={"outcome": "dihubungi", "token": fresh_token}, may=OFFICES),
    Row("kombel:meeting", url={"pk": Ref("meeting")}, may=VIEW),
    Row("kombel:meeting_change", "GET", url={"pk": Ref("meeting")}, may=DOCUMENT),
    Row(
        "kombel:meeting_change",
        "POST",
        url={"pk": Ref("meeting")},
        body={**HELD, "version": "1", "members": Ref("member"), "token": fresh_token},
        may=DOCUMENT,
    ),
    Row("kombel:meeting_draft", "POST", url={"pk": Ref("meeting")}, body=HELD, may=DOCUMENT, changing=True),
    Row("kombel:reflection_draft", "POST", url={"pk": Ref("meeting")}, body=GOOD, may=DOCUMENT, changing=True),
    Row("kombel:reflection", "GET", url={"pk": Ref("meeting")}, may=DOCUMENT),
    Row(
        "kombel:reflection",
        "POST",
        url={"pk": Ref("meeting")},
        body={"went_well": "Baik", "version": "1"},
        may=DOCUMENT,
    ),
    Row("kombel:meeting_cancel", "POST", url={"pk": Ref("meeting_planned")}, may=DOCUMENT),
    Row("kombel:photo", url={"pk": Ref("photo")}, may=VIEW),
    Row("kombel:photo_remove", "POST", url={"pk": Ref("photo_spare")}, may=DOCUMENT),
    Row("api_kombel", "GET", query={"q": Part("kombel", "name"), "keadaan": "aktif"}, may=EVERYONE),
    Row(
        "api_kombel",
        "POST",
        json=True,
        body={"name": "Kombel baru", "kind": "dalam", "npsn": Ref("school", "npsn", "99009999")},
        may=f"{OFFICES} {SCHOOL}",
    ),
    Row("api_kombel_one", url=AT, may=VIEW),
    Row("api_meetings", "GET", url=AT, may=VIEW),
    Row(
        "api_meetings",
        "POST",
        url=AT,
        json=True,
        body={"topic": "Asesmen", "held_on": "2026-03-02", "present": 4, "members": [], "token": fresh_token},
        may=DOCUMENT,
    ),
    Row(
        "api_reflection",
        "PUT",
        url={"pk": Ref("meeting")},
        json=True,
        body={"went_well": "Baik", "version": 1},
        may=DOCUMENT,
    ),
]


def build(at: Site) -> None:
    """A kombel at each school with one of every part, a proposal, and a kombel between schools."""
    if not at.school:
        return
    kombel = _kombel(at, "kombel", school=at.school, kind="dalam", path=at.path)
    _kombel(at, "kombel_draft", school=at.school, kind="dalam", path=at.path, state="draft")
    between = {"kind": "antar", "form": "kkg", "path": at.record("k")}
    # Behind the wall of the kab/kota, so the schools do not see it.
    _kombel(at, "kombel_antar", only=_offices(at), **between)
    leader = _people(at, kombel)
    _records(at, kombel, leader)


def _kombel(at: Site, key: str, *, only: str = "", **more) -> Kombel:
    found = Kombel.objects.create(
        name=at.canary(key.replace("_", ""), only=only),
        jenjang=Jenjang.of_bentuk(at.school.bentuk),
        registered_on=date(2026, 1, 5),
        quiet_since=date(2026, 1, 5),
        **{"state": "aktif", **more},
    )
    return at.give(key, found, only=only)


def _people(at: Site, kombel: Kombel) -> User:
    part = {"kombel": kombel, "path": kombel.path}
    cluster = Cluster.objects.create(kind="lain", name=at.canary("klaster"), **part)
    at.give("cluster", cluster)
    member = Member.objects.create(name=at.canary("anggota"), joined_on=date(2026, 1, 5), cluster=cluster, **part)
    at.give("member", member)
    held = at.someone("penggerak") or at.someone("kepsek")
    leader = Leader.objects.create(
        user=held.user, name=at.canary("penggerak"), appointed_by=held.user, starts=date(2026, 1, 5), **part
    )
    at.give("leader", leader)
    kombel.leader_ids, kombel.penggerak, kombel.members = [held.user_id], leader.name, 1
    kombel.save()
    return held.user


def _records(at: Site, kombel: Kombel, leader: User) -> None:
    part = {"kombel": kombel, "path": kombel.path}
    schedule = Schedule.objects.create(weekday=1, starts=time(13), ends=time(14), place=at.canary("tempat"), **part)
    at.give("schedule", schedule)
    held = {"created_by": leader, "held_on": date(2026, 2, 2), **part}
    meeting = Meeting.objects.create(
        state="tercatat", topic=at.canary("topik"), present=3, documented_at=timezone.now(), **held
    )
    at.give("meeting", meeting)
    at.give("meeting_planned", Meeting.objects.create(state="rencana", topic=at.canary("rencana"), **held))
    part_of = {"meeting": meeting, "path": kombel.path}
    Attendance.objects.create(member=Member.objects.get(kombel=kombel), **part_of)
    MeetingReflection.objects.create(went_well=at.canary("baik"), written_by=leader, **part_of)
    at.give("photo", _photo(at, "foto", meeting, leader))
    at.give("photo_spare", _photo(at, "cadangan", meeting, leader))
    typed = {"topic": [at.canary("draf", only=leader.username)]}
    Draft.objects.create(user=leader, key=f"pertemuan-{meeting.pk}", version=1, fields=typed)
    PmmCheck.objects.create(account=f"{at.canary('akun')}@guru.belajar.id", declared_by=leader, **part)
    ContactLog.objects.create(outcome="dihubungi", note=at.canary("hubungan", only=_offices(at)), by=leader, **part)


def _photo(at: Site, word: str, meeting: Meeting, by: User) -> Photo:
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "JPEG")
    file = default_storage.save(f"kombel/uji/{word}{at.name}{at.serial}.jpg", ContentFile(picture.getvalue()))
    return Photo.objects.create(
        meeting=meeting, path=meeting.path, file=file, width=8, height=8, size=picture.tell(), uploaded_by=by
    )


def _offices(at: Site) -> str:
    """Those of the place's people who sit in an office above it."""
    return " ".join(name for name in SEES[at.name].split() if name in f"{PUSAT} {OFFICES}".split())
