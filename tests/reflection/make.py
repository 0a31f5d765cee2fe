"""Makes sessions and what belongs to them for the tests, as the owner of the tables."""

from datetime import date, time, timedelta

from coordination.actors.models import Organisation, User
from kombel.models import Kombel
from reflection.models import ChecklistItem, Cycle, Feedback, Note, Rtl, RtlItem, Session, Undangan

SESSION_DAY = date(2026, 10, 20)


def make_cycle(starts: date = date(2026, 9, 1)) -> Cycle:
    found, _made = Cycle.objects.get_or_create(
        starts=starts,
        defaults={
            "code": f"{starts.year}-{(starts.month + 1) // 2}",
            "name": "September–Oktober 2026",
            "ends": starts + timedelta(days=60),
            "opens_on": starts,
            "due_on": starts + timedelta(days=75),
        },
    )
    return found


def make_session(office: str = "bbgp_jabar", title: str = "Refleksi Contoh Depok", **more) -> Session:
    upt = Organisation.objects.get(code=office)
    session = Session.objects.create(
        **{
            "upt": upt,
            "path": upt.path,
            "cycle": make_cycle(),
            "title": title,
            "held_on": SESSION_DAY,
            "starts": time(9, 0),
            "ends": time(12, 0),
            "time_zone": upt.time_zone,
            "mode": "luring",
            "place": "Aula Contoh",
            "rtl_due_on": SESSION_DAY + timedelta(days=14),
            "created_by": User.objects.get(username="upt_jabar"),
            **more,
        }
    )
    ChecklistItem.objects.bulk_create(
        ChecklistItem(session=session, path=session.path, kind=kind) for kind in ChecklistItem.Kind
    )
    return session


def make_undangan(session: Session, kombel: Kombel, **more) -> Undangan:
    copies = {name: getattr(session, name) for name in Undangan.COPIED}
    return Undangan.objects.create(
        **{
            "kombel": kombel,
            "path": kombel.path,
            "session": session,
            "upt": session.upt,
            "upt_path": session.path,
            "upt_name": session.upt.name,
            "session_state": session.state,
            **copies,
            **more,
        }
    )


def make_note(session: Session, prompt: str = "baik", text: str = "Guru saling mengunjungi kelas", **more) -> Note:
    return Note.objects.create(
        **{
            "session": session,
            "path": session.path,
            "prompt": prompt,
            "text": text,
            "written_by": session.created_by,
            **more,
        }
    )


def make_feedback(undangan: Undangan, **more) -> Feedback:
    return Feedback.objects.create(
        **{
            "undangan": undangan,
            "path": undangan.path,
            "giver": "murid",
            "impact_pupils": "Murid lebih berani bertanya",
            "written_by": User.objects.get(username="penggerak"),
            **more,
        }
    )


def make_rtl(undangan: Undangan, items: int = 0, **more) -> Rtl:
    rtl = Rtl.objects.create(**{"undangan": undangan, "path": undangan.path, "due_on": undangan.rtl_due_on, **more})
    for number in range(1, items + 1):
        RtlItem.objects.create(
            rtl=rtl,
            path=rtl.path,
            activity=f"Kegiatan Contoh {number}",
            aim="Guru mencoba asesmen awal",
            responsible="Ibu Contoh",
            due_on=undangan.rtl_due_on + timedelta(days=30),
            indicator="Semua guru mencoba sekali",
        )
    return rtl
