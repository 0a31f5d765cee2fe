"""Makes kombel for the tests, as the owner of the tables."""

from datetime import UTC, date, datetime, time, timedelta

from coordination.actors.models import School, User
from coordination.actors.tenancy import paths
from kombel.models import Attendance, Jenjang, Kombel, Leader, Meeting, Member

DAY = date(2026, 1, 5)


def make_kombel(npsn: str = "99000001", name: str = "Kombel Contoh Melati", **more) -> Kombel:
    """A kombel inside the school with this NPSN, active unless said otherwise."""
    school = School.objects.get(npsn=npsn)
    day = more.pop("registered_on", DAY)
    return Kombel.objects.create(
        **{
            "name": name,
            "kind": "dalam",
            "jenjang": Jenjang.of_bentuk(school.bentuk),
            "school": school,
            "path": school.path,
            "state": "aktif",
            "registered_on": day,
            "quiet_since": more.get("last_meeting") or day,
            **more,
        }
    )


def make_antar(wilayah: str = "32.76", level: str = "d", name: str = "KKG Contoh Depok", key: str = "k_1", **more):
    """A kombel between the schools of a region."""
    return Kombel.objects.create(
        **{
            "name": name,
            "kind": "antar",
            "form": "kkg",
            "jenjang": "sd",
            "path": paths.record(wilayah, level, key),
            "state": "aktif",
            "registered_on": DAY,
            "quiet_since": more.get("last_meeting") or DAY,
            **more,
        }
    )


def make_leader(kombel: Kombel, username: str, **more) -> Leader:
    user = User.objects.get(username=username)
    found = Leader.objects.create(
        **{
            "kombel": kombel,
            "path": kombel.path,
            "user": user,
            "name": user.name,
            "appointed_by": user,
            "starts": DAY,
            "active_member": True,
            "moves_members": True,
            "facilitates": True,
            **more,
        }
    )
    kombel.leader_ids = [*kombel.leader_ids, user.pk]
    kombel.penggerak = user.name
    kombel.save()
    return found


def make_members(kombel: Kombel, count: int, **more) -> list[Member]:
    found = [
        Member.objects.create(
            **{
                "kombel": kombel,
                "path": kombel.path,
                "name": f"Guru Contoh {number}",
                "joined_on": DAY,
                **more,
            }
        )
        for number in range(1, count + 1)
    ]
    kombel.members += count
    kombel.save(update_fields=["members"])
    return found


def make_meeting(kombel: Kombel, held_on: date, *, members=(), **more) -> Meeting:
    """A documented meeting."""
    found = Meeting.objects.create(
        **{
            "kombel": kombel,
            "path": kombel.path,
            "state": "tercatat",
            "topic": "Asesmen awal",
            "held_on": held_on,
            "starts": time(13, 0),
            "ends": time(14, 30),
            "present": 5,
            "documented_at": datetime.now(UTC),
            "created_by": User.objects.get(username="penggerak"),
            **more,
        }
    )
    for member in members:
        Attendance.objects.create(meeting=found, member=member, path=kombel.path)
    kombel.last_meeting = kombel.quiet_since = max(filter(None, [kombel.last_meeting, held_on]))
    kombel.save()
    return found


def many(count: int, npsn: str = "99000001", start: date = DAY) -> list[Kombel]:
    return [
        make_kombel(npsn, f"Kombel Contoh {number:02}", registered_on=start + timedelta(days=number))
        for number in range(count)
    ]
