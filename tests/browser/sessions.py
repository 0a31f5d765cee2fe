"""Makes the sessions, letters and plans that the browser looks at."""

from datetime import date

from django.utils import timezone

from kombel.models import Kombel, MeetingReflection
from reflection.models import RtlItem, Session, Undangan
from tests.kombel.make import make_kombel, make_leader, make_meeting
from tests.reflection.make import make_feedback, make_note, make_rtl, make_session, make_undangan

LONG = "Guru mencoba asesmen awal di kelas masing-masing lalu membandingkan hasilnya dengan rekan sejawat"


def _kombel(name: str) -> Kombel:
    found = Kombel.objects.filter(name=name).first()
    if found is None:
        found = make_kombel(name=name)
        make_leader(found, "penggerak")
    return found


def _session(title: str, state: str) -> Session:
    return Session.objects.filter(title=title).first() or make_session(title=title, state=state)


def _letter(session: Session, **more) -> Undangan:
    kombel = _kombel("Kombel Contoh Refleksi dan Berbagi Praktik Baik Pancoran Mas")
    return Undangan.objects.filter(session=session).first() or make_undangan(session, kombel, **more)


def running() -> Session:
    session = _session("Refleksi Contoh yang berlangsung", "berlangsung")
    if not session.notes.exists():
        letter = _letter(session, state="akan_hadir")
        make_feedback(letter, proposals="Kunjungan antar sekolah")
        meeting = make_meeting(letter.kombel, date(2026, 10, 5))
        MeetingReflection.objects.create(
            meeting=meeting, path=meeting.path, pupil_impact=LONG, written_by=meeting.created_by
        )
        risk = make_note(session, "risiko", "Guru inti pindah tugas")
        make_note(session, "mitigasi", "Siapkan dua orang penggerak", risk=risk)
        make_note(session, "ditingkatkan", LONG, solution="Jadwal tetap tiap Kamis", kombel=letter.kombel)
        make_note(session, "dampak", LONG)
    return session


def session_list() -> str:
    running()
    return "/refleksi/sesi/"


def session_planned() -> str:
    return f"/refleksi/sesi/{_session('Refleksi Contoh yang disiapkan', 'disiapkan').pk}/"


def session_edit() -> str:
    return f"{session_planned()}ubah/"


def session_design() -> str:
    return f"{session_planned()}rancangan/"


def session_invite() -> str:
    _kombel("Kombel Contoh yang belum diundang")
    return f"{session_planned()}undang/"


def session_invite_all() -> str:
    return f"{session_invite()}?semua=1"


def session_invited() -> str:
    return f"/refleksi/sesi/{running().pk}/undangan/"


def facilitation() -> str:
    return f"/refleksi/sesi/{running().pk}/catatan/?bagian=dampak"


def facilitation_of_mitigation() -> str:
    return f"/refleksi/sesi/{running().pk}/catatan/?bagian=mitigasi"


def recap() -> str:
    return f"/refleksi/sesi/{running().pk}/rekap/"


def note() -> str:
    return f"/refleksi/catatan/{running().notes.get(prompt='ditingkatkan').pk}/"


def session_over() -> str:
    session = _session("Refleksi Contoh yang selesai", "selesai")
    letter = _letter(session, state="hadir")
    if not hasattr(letter, "rtl"):
        make_rtl(letter, items=2)
    return f"/refleksi/sesi/{session.pk}/rtl/"


def reflection_home() -> str:
    session_over()
    running()
    return "/refleksi/"


def letter() -> str:
    return f"/refleksi/undangan/{_letter(running()).pk}/"


def feedback() -> str:
    return f"{letter()}umpan-balik/"


def feedback_edit() -> str:
    return f"/refleksi/umpan-balik/{_letter(running()).feedback.earliest('id').pk}/"


def session_running() -> str:
    return f"/refleksi/sesi/{running().pk}/"


def progress() -> str:
    """A plan that was sent, of which an activity is under way."""
    letter = _letter(_session("Refleksi Contoh dengan RTL terkirim", "selesai"), state="hadir")
    sent = {"state": "dikirim", "sent_at": timezone.now(), "sent_by": letter.session.created_by}
    rtl = letter.rtl if hasattr(letter, "rtl") else make_rtl(letter, items=1, **sent)
    return f"/refleksi/rtl/kegiatan/{rtl.items.get().pk}/kemajuan/"


def plans() -> str:
    session_over()
    return "/refleksi/rtl/"


def plan() -> str:
    session_over()
    return f"/refleksi/rtl/{Session.objects.get(title='Refleksi Contoh yang selesai').undangan.get().rtl.pk}/"


def plan_item() -> str:
    pk = int(plan().split("/")[-2])

    return f"/refleksi/rtl/kegiatan/{RtlItem.objects.filter(rtl=pk).earliest('id').pk}/"


PAGES = [
    ("upt_jabar", "/refleksi/sesi/baru/"),
    ("upt_jabar", "/refleksi/perangkat/"),
    *(
        ("upt_jabar", make)
        for make in (
            session_list, session_planned, session_running, session_edit, session_design, session_invite,
            session_invite_all, session_invited, facilitation, facilitation_of_mitigation, recap, note, session_over,
        )
    ),
    *(("penggerak", make) for make in (reflection_home, letter, feedback, feedback_edit, plan, plan_item, progress)),
    ("dinas_depok", plans),
]  # fmt: skip
