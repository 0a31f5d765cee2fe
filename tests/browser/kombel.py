"""Makes the kombel that the browser looks at: one with every part filled, long names and a silent time."""

from datetime import date, timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from coordination.actors.models import School, User
from kombel.models import (
    Cluster,
    ContactLog,
    Kombel,
    Leader,
    Meeting,
    MeetingReflection,
    Member,
    Photo,
    PmmCheck,
    Schedule,
)
from tests.kombel.make import make_kombel, make_leader, make_meeting, make_members

NAME = "Kombel Contoh Asesmen dan Pembelajaran Berdiferensiasi Pancoran Mas"


def a_kombel() -> Kombel:
    """The kombel of the module's database, made the first time."""
    return Kombel.objects.filter(name=NAME).first() or _make()


def _make() -> Kombel:
    today = timezone.localdate()
    kombel = make_kombel(name=NAME, registered_on=date(2026, 1, 5), programme="Asesmen awal\nDiferensiasi")
    part = {"kombel": kombel, "path": kombel.path}
    make_leader(kombel, "penggerak", whatsapp="081234567890", facilitates=False)
    cluster = Cluster.objects.create(kind="rendah", name="Kelas 1–3", **part)
    members = make_members(kombel, 12, cluster=cluster)
    Schedule.objects.create(weekday=2, starts="13:00", ends="13:45", place="Ruang guru", **part)
    make_meeting(kombel, today + timedelta(days=5), state="rencana", present=None, documented_at=None)
    make_meeting(kombel, today - timedelta(days=3), state="rencana", present=None, documented_at=None)
    meeting = make_meeting(kombel, today - timedelta(days=44), members=members[:5])
    kombel.last_meeting = kombel.quiet_since = meeting.held_on
    kombel.save()
    user = User.objects.get(username="penggerak")
    of_meeting = {"meeting": meeting, "path": kombel.path}
    MeetingReflection.objects.create(went_well="Diskusi hidup", challenges="Buku kurang", written_by=user, **of_meeting)
    picture = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(picture, "JPEG")
    file = default_storage.save("kombel/uji/peramban.jpg", ContentFile(picture.getvalue()))
    Photo.objects.create(file=file, width=640, height=480, size=picture.tell(), uploaded_by=user, **of_meeting)
    PmmCheck.objects.create(account="guru@contoh.id", trainings=["asesmen_awal"], declared_by=user, **part)
    by = User.objects.get(username="dinas_depok")
    ContactLog.objects.create(outcome="dihubungi", note="Ketua sakit", by=by, office="Dinas Depok", **part)
    return kombel


def kombel_list() -> str:
    a_kombel()
    return "/kombel/?jenis=dalam"


def kombel_summary() -> str:
    a_kombel()
    return "/kombel/ringkasan/"


def kombel_detail() -> str:
    return f"/kombel/{a_kombel().pk}/"


def kombel_contact() -> str:
    return f"/kombel/{a_kombel().pk}/hubungi/"


def kombel_pmm() -> str:
    return f"/kombel/{a_kombel().pk}/pmm/"


def kombel_appoint() -> str:
    return f"/kombel/{a_kombel().pk}/penggerak/baru/"


def kombel_schedule() -> str:
    return f"/kombel/{a_kombel().pk}/jadwal/baru/"


def long_list() -> str:
    """The offer to prepare a file, of a list that is too long for one at once."""
    school = School.objects.get(npsn="99000005")
    day = date(2026, 1, 5)
    Kombel.objects.bulk_create(
        Kombel(
            name=f"Kombel Contoh {number}", kind="dalam", jenjang="sd", school=school, path=school.path, state="aktif",
            registered_on=day, quiet_since=day,
        )
        for number in range(2001)
    )  # fmt: skip
    return "/kombel/unduh/"


def meeting_new() -> str:
    return f"/kombel/{a_kombel().pk}/pertemuan/baru/"


def meeting_list() -> str:
    a_kombel()
    return "/kombel/pertemuan/"


def meeting_detail() -> str:
    return f"/kombel/pertemuan/{_documented()}/"


def meeting_reflection() -> str:
    return f"/kombel/pertemuan/{_documented()}/refleksi/"


def _documented() -> int:
    return Meeting.objects.get(kombel=a_kombel(), state="tercatat").pk


def kombel_change() -> str:
    return f"{kombel_detail()}ubah/"


def kombel_close() -> str:
    return f"{kombel_detail()}tutup/"


def cluster_new() -> str:
    return f"{kombel_detail()}klaster/baru/"


def kombel_duty() -> str:
    return f"{kombel_detail()}peran/c/"


def leader_end() -> str:
    return f"{kombel_detail()}penggerak/{Leader.objects.filter(kombel=a_kombel()).earliest('id').pk}/akhiri/"


def member_new() -> str:
    return f"{kombel_detail()}anggota/baru/"


def member_duty() -> str:
    return f"{kombel_detail()}anggota/{Member.objects.filter(kombel=a_kombel()).earliest('id').pk}/"


def meeting_plan() -> str:
    return f"{kombel_detail()}pertemuan/rencana/"


def meeting_change() -> str:
    return f"/kombel/pertemuan/{_documented()}/catat/"


def kombel_without_people() -> str:
    """Where somebody is to be appointed at a school that nobody has an account of."""
    name = "Kombel Contoh tanpa penggerak"
    kombel = Kombel.objects.filter(name=name).first() or make_kombel("99000002", name=name)
    return f"/kombel/{kombel.pk}/penggerak/baru/"
