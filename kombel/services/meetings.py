from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal
from coordination.actors.services.versions import change_at_version

from ..models import Attendance, Cluster, Kombel, Meeting, MeetingReflection, Member
from ..policies import KombelPolicy
from .photos import add_photos


@dataclass(frozen=True, slots=True)
class Minutes:
    """What is written down about a meeting; times are in the kombel's own time zone."""

    topic: str
    held_on: date
    starts: time | None = None
    ends: time | None = None
    mode: str = "luring"
    all_teachers: bool = False
    cluster: Cluster | None = None
    present: int | None = None
    notes: str = ""

    def values(self) -> dict:
        names = ("topic", "held_on", "starts", "ends", "mode", "all_teachers", "cluster", "notes")
        return {name: getattr(self, name) for name in names}


def plan_meeting(*, actor: Actor, kombel: Kombel, minutes: Minutes) -> Meeting:
    """Plan a meeting with its topic (KB-4); a day that has passed is documented instead."""
    _require_active(actor, kombel)
    _check(kombel, minutes)
    if minutes.held_on < actor.today():
        raise Refusal(
            _("Tanggal itu sudah lewat."),
            mend=_("Catat pertemuannya lewat “Catat pertemuan”, atau pilih tanggal lain."),
        )
    return Meeting.objects.create(
        kombel=kombel,
        path=kombel.path,
        state=Meeting.State.PLANNED,
        created_by=actor.user,
        **minutes.values(),
    )


def record_meeting(
    *,
    actor: Actor,
    kombel: Kombel,
    minutes: Minutes,
    members: Iterable[Member] = (),
    photos: Sequence[UploadedFile] = (),
) -> Meeting:
    """Document a meeting that took place (KB-12): the kombel's silence begins anew on its day."""
    _require_active(actor, kombel)
    with transaction.atomic():
        meeting = Meeting(kombel=kombel, path=kombel.path, created_by=actor.user, **minutes.values())
        _document(actor, meeting, minutes, members, photos)
    return meeting


def change_meeting(
    *,
    actor: Actor,
    meeting: Meeting,
    version: int,
    minutes: Minutes,
    members: Iterable[Member] = (),
    photos: Sequence[UploadedFile] = (),
) -> Meeting:
    """Document a planned meeting, or correct a documented one; raises Conflict when somebody was faster."""
    _require_active(actor, meeting.kombel)
    if meeting.state == Meeting.State.CANCELLED:
        raise Refusal(_("Pertemuan ini sudah dibatalkan."), mend=_("Catat sebagai pertemuan baru."))
    with transaction.atomic():
        changed = change_at_version(meeting, version=version, values={**minutes.values(), "present": minutes.present})
        changed.kombel = meeting.kombel
        _document(actor, changed, minutes, members, photos)
    return changed


def _document(
    actor: Actor,
    meeting: Meeting,
    minutes: Minutes,
    members: Iterable[Member],
    photos: Sequence[UploadedFile],
) -> None:
    kombel, there = meeting.kombel, list(members)
    _check(kombel, minutes)
    if minutes.held_on > actor.today():
        raise Refusal(
            _("Pertemuan yang dicatat harus sudah berlangsung."), mend=_("Pilih tanggal hari ini atau sebelumnya.")
        )
    if any(member.kombel_id != kombel.pk for member in there):
        raise Refusal(_("Ada yang hadir tetapi bukan anggota komunitas ini."))
    meeting.state = Meeting.State.DONE
    meeting.present = max(minutes.present or 0, len(there))
    if meeting.present == 0:
        raise Refusal(_("Jumlah hadir belum diisi."), mend=_("Isi jumlahnya atau tandai anggota yang hadir."))
    meeting.documented_at = meeting.documented_at or timezone.now()
    fresh = meeting.pk is None
    meeting.save()
    if not fresh:
        Attendance.objects.filter(meeting=meeting).exclude(member__in=there).delete()
    Attendance.objects.bulk_create(
        [Attendance(meeting=meeting, member=member, path=meeting.path) for member in there], ignore_conflicts=not fresh
    )
    if photos:
        add_photos(actor=actor, meeting=meeting, photos=photos)
    break_silence(kombel)


def _check(kombel: Kombel, minutes: Minutes) -> None:
    if minutes.starts and minutes.ends and minutes.ends <= minutes.starts:
        raise Refusal(_("Jam selesai harus sesudah jam mulai."))
    if minutes.cluster is not None and minutes.cluster.kombel_id != kombel.pk:
        raise Refusal(_("Klaster itu bukan bagian dari komunitas ini."))


def _require_active(actor: Actor, kombel: Kombel) -> None:
    KombelPolicy.require(actor, "document", kombel)
    if kombel.state != Kombel.State.AKTIF:
        raise Refusal(
            _("Komunitas ini belum atau tidak lagi aktif."),
            mend=_("Mintalah kepala sekolah atau Dinas mengaktifkannya."),
        )


def cancel_meeting(*, actor: Actor, meeting: Meeting) -> Meeting:
    """Cancel a planned meeting; one that took place stays documented."""
    KombelPolicy.require(actor, "document", meeting.kombel)
    with transaction.atomic():
        locked = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        if locked.state != Meeting.State.PLANNED:
            raise Refusal(_("Hanya pertemuan yang direncanakan bisa dibatalkan."))
        locked.state = Meeting.State.CANCELLED
        locked.version += 1
        locked.save(update_fields=["state", "version"])
    return locked


def break_silence(kombel: Kombel) -> None:
    """Write the day of the last documented meeting onto the kombel, and drop the call that was due."""
    last = Meeting.objects.filter(kombel=kombel, state=Meeting.State.DONE).aggregate(day=Max("held_on"))["day"]
    kombel.last_meeting = last
    kombel.quiet_since = max(filter(None, [last, kombel.registered_on]))
    kombel.contact_outcome, kombel.contact_next = "", None
    kombel.save(update_fields=["last_meeting", "quiet_since", "contact_outcome", "contact_next"])


def write_reflection(
    *,
    actor: Actor,
    meeting: Meeting,
    version: int,
    went_well: str = "",
    to_improve: str = "",
    pupil_impact: str = "",
    challenges: str = "",
    next_step: str = "",
) -> MeetingReflection:
    """Write the short reflection of a documented meeting (KB-12, KB-13); `version` 0 begins it.

    Raises Refusal when all three questions are empty and Conflict when somebody else was faster.
    """
    KombelPolicy.require(actor, "document", meeting.kombel)
    if meeting.state != Meeting.State.DONE:
        raise Refusal(_("Refleksi ditulis setelah pertemuan dicatat."), mend=_("Catat pertemuannya lebih dulu."))
    values = {
        "went_well": went_well.strip(),
        "to_improve": to_improve.strip(),
        "pupil_impact": pupil_impact.strip(),
        "challenges": challenges.strip(),
        "next_step": next_step.strip(),
    }
    if not (values["went_well"] or values["to_improve"] or values["pupil_impact"]):
        raise Refusal(_("Ketiga pertanyaan masih kosong."), mend=_("Isi sedikitnya satu; satu kalimat sudah cukup."))
    with transaction.atomic():
        reflection, fresh = MeetingReflection.objects.get_or_create(
            meeting=meeting, defaults={"path": meeting.path, "written_by": actor.user, **values}
        )
        if not fresh:
            reflection = change_at_version(reflection, version=version, values=values)
    return reflection
