"""Sessions of reflection: a UPT's own rows, and what it delivers to the communities of its area."""

from datetime import date, time

from kombel.models import Kombel
from reflection.models import ChecklistItem, Cycle, Facilitator, Feedback, Note, Rtl, RtlItem, Session, Undangan

from . import DINAS_DEPOK, EVERYONE, UPT, UPT_JABAR, Part, Ref, Row, fresh_token
from .world import Site

STAFF = {"bbgp_jabar": UPT_JABAR, "bbpmp_jabar": "pmp_jabar", "bgp_kaltim": "upt_kaltim"}
LEADER = {"depok": "penggerak", "smk_depok": "kepsek_smk", "balikpapan": "penggerak_balikpapan"}
DINAS_OF = {"depok": DINAS_DEPOK, "balikpapan": "dinas_balikpapan"}

OWN = f"{UPT_JABAR} pmp_jabar upt_kaltim"
LEADERS = "penggerak penggerak_balikpapan"
DINAS = f"{DINAS_DEPOK} dinas_balikpapan"
WRITERS = f"{OWN} {LEADERS}"
NOTICES = ("notices_notice",)


class RefList(Ref):
    """An object named in a list of ids."""

    def of(self, obj):
        return [super().of(obj)]


SESSION = {"pk": Ref("session")}
PLAN = {
    "title": "Sesi baru",
    "cycle": Ref("session_cycle"),
    "held_on": lambda: str(date.today()),
    "starts": "09:00",
    "ends": "11:00",
    "mode": "luring",
    "place": "Aula",
    "rtl_due_on": lambda: str(date.today()),
    "version": "1",
    "token": fresh_token,
}
ACTIVITY = {
    "activity": "Kunjungan kelas",
    "aim": "Belajar bersama",
    "responsible": "Guru",
    "due_on": lambda: str(date.today()),
    "indicator": "Satu kali",
    "version": "1",
    "token": fresh_token,
}
MATERIAL = {"kind": "umpan_balik", "id": Ref("feedback"), "part": "impact_pupils", "prompt": "dampak"}
LETTER = {"pk": Ref("undangan")}
SAID = {"giver": "guru", "proposals": "Berbagi"}
API = [
    Row("api_sessions", "GET", may=EVERYONE),
    Row("api_sessions", "POST", json=True, body={**PLAN, "cycle": Ref("session_cycle", "code")}, may=UPT),
    Row("api_session", "GET", url=SESSION, may=f"admin pusat {OWN}"),
    Row("api_session", "PATCH", url=SESSION, json=True, body={"version": 1, "title": "Baru"}, may=OWN),
    Row(
        "api_session_state",
        "POST",
        url=SESSION,
        json=True,
        body={"change": "cancel", "reason": "Hujan"},
        may=OWN,
        delivers=NOTICES,
    ),
    Row(
        "api_session_invite",
        "POST",
        url=SESSION,
        json=True,
        body={"kombel": RefList("kombel_new", absent=[987_654])},
        may=OWN,
        delivers=NOTICES,
    ),
    Row(
        "api_session_attendance",
        "POST",
        url=SESSION,
        json=True,
        body={"shown": RefList("undangan", absent=[987_654]), "present": RefList("undangan", absent=[987_654])},
        may=OWN,
    ),
    Row("api_session_notes", "GET", url=SESSION, may=OWN),
    Row(
        "api_session_notes",
        "POST",
        url=SESSION,
        json=True,
        body={
            "prompt": "mitigasi",
            "text": "Catatan",
            "undangan": Ref("undangan"),
            "risk": Ref("risk"),
            "token": fresh_token,
        },
        may=OWN,
    ),
    Row(
        "api_note",
        "PATCH",
        url={"pk": Ref("note")},
        json=True,
        body={"version": 1, "text": "Baru", "undangan": Ref("undangan")},
        may=OWN,
    ),
    Row("api_note", "DELETE", url={"pk": Ref("note")}, may=OWN),
    Row("api_letters", may=EVERYONE),
    Row("api_letter", "GET", url=LETTER, may=f"{OWN} {DINAS} {LEADERS}"),
    Row("api_letter", "DELETE", url=LETTER, may=OWN),
    Row("api_letter_answer", "POST", url=LETTER, json=True, body={"coming": True}, may=LEADERS),
    Row("api_letter_feedback", "GET", url=LETTER, may=f"{OWN} {DINAS} {LEADERS}"),
    Row("api_letter_feedback", "POST", url=LETTER, json=True, body={**SAID, "token": fresh_token}, may=LEADERS),
    Row("api_feedback", "PUT", url={"pk": Ref("feedback")}, json=True, body={**SAID, "version": 1}, may=LEADERS),
    Row("api_feedback", "DELETE", url={"pk": Ref("feedback")}, may=LEADERS),
    Row("api_plans", may=EVERYONE),
    Row("api_plan", url={"pk": Ref("rtl")}, may=f"{OWN} {DINAS} {LEADERS}"),
    Row("api_plan_items", "POST", url={"pk": Ref("rtl")}, json=True, body=ACTIVITY, may=WRITERS),
    Row("api_plan_send", "POST", url={"pk": Ref("rtl")}, may=WRITERS, delivers=NOTICES),
    Row("api_plan_reopen", "POST", url={"pk": Ref("rtl_sent")}, json=True, body={"reason": "x"}, may=WRITERS),
    Row("api_plan_item", "PUT", url={"pk": Ref("rtl_item")}, json=True, body=ACTIVITY, may=WRITERS),
    Row("api_plan_item", "DELETE", url={"pk": Ref("rtl_item")}, may=WRITERS),
    Row(
        "api_plan_progress",
        "POST",
        url={"pk": Ref("rtl_item_sent")},
        json=True,
        body={"progress": "berjalan", "version": 1},
        may=WRITERS,
    ),
]
ROWS = [
    Row("reflection:home", may=EVERYONE),
    Row("reflection:toolkit", may=EVERYONE),
    Row(
        "reflection:sessions",
        query={"q": Part("session", "title"), "siklus": Ref("session_cycle"), "keadaan": "berlangsung"},
        may=EVERYONE,
    ),
    Row("reflection:session_new", "GET", may=UPT),
    Row("reflection:session_new", "POST", body=PLAN, may=UPT),
    Row("reflection:session", url=SESSION, may=f"admin pusat {OWN}"),
    Row("reflection:session_edit", "GET", url=SESSION, may=OWN),
    Row("reflection:session_edit", "POST", url=SESSION, body=PLAN, may=OWN, delivers=NOTICES),
    Row("reflection:session_design", "GET", url=SESSION, may=OWN),
    Row("reflection:session_design", "POST", url=SESSION, body={"background": "Alasan", "version": "1"}, may=OWN),
    Row("reflection:task_add", "POST", url=SESSION, body={"name": "Guru", "task": "Moderator"}, may=OWN),
    Row("reflection:task_remove", "POST", url={"pk": Ref("facilitator")}, may=OWN),
    Row("reflection:session_tick", "POST", url={"pk": Ref("preparation")}, body={"done": "1"}, may=OWN),
    Row(
        "reflection:session_move",
        "POST",
        url=SESSION,
        body={"change": "cancel", "reason": "Hujan"},
        may=OWN,
        delivers=NOTICES,
    ),
    Row("reflection:session_kak", url=SESSION, may=OWN),
    Row("reflection:session_letters", url=SESSION, may=OWN),
    Row(
        "reflection:session_invite",
        "GET",
        url=SESSION,
        query={"q": Part("kombel_new", "name"), "kabkota": "32.76", "jenis": "dalam", "semua": "1"},
        may=OWN,
    ),
    Row(
        "reflection:session_invite",
        "POST",
        url=SESSION,
        body={"kombel": Ref("kombel_new")},
        may=OWN,
        delivers=NOTICES,
    ),
    Row("reflection:session_invited", url=SESSION, query={"jawaban": "terkirim"}, may=OWN),
    Row(
        "reflection:session_attendance",
        "POST",
        url=SESSION,
        body={"shown": Ref("undangan"), "present": Ref("undangan"), "page": "1"},
        may=OWN,
    ),
    Row("reflection:session_rtl", url={"pk": Ref("session_over")}, may=OWN),
    Row("reflection:session_notes", "GET", url=SESSION, query={"bagian": "dampak", "dari": Ref("undangan")}, may=OWN),
    Row(
        "reflection:session_notes",
        "POST",
        url=SESSION,
        query={"bagian": "mitigasi"},
        body={"text": "Catatan", "undangan": Ref("undangan"), "risk": Ref("risk"), "token": fresh_token},
        may=OWN,
    ),
    Row("reflection:session_take_over", "POST", url=SESSION, body=MATERIAL, may=OWN),
    Row("reflection:session_recap", url=SESSION, may=OWN),
    Row("reflection:note_edit", "GET", url={"pk": Ref("note")}, may=OWN),
    Row(
        "reflection:note_edit",
        "POST",
        url={"pk": Ref("note")},
        body={"text": "Baru", "undangan": Ref("undangan"), "version": "1"},
        may=OWN,
    ),
    Row("reflection:note_remove", "POST", url={"pk": Ref("note")}, may=OWN),
    Row("reflection:undangan", "GET", url={"pk": Ref("undangan")}, may=f"{OWN} {DINAS} {LEADERS}"),
    Row("reflection:undangan", "POST", url={"pk": Ref("undangan")}, body={"answer": "ya"}, may=LEADERS),
    Row("reflection:undangan_letter", url={"pk": Ref("undangan")}, may=f"{OWN} {DINAS} {LEADERS}"),
    Row("reflection:undangan_withdraw", "POST", url={"pk": Ref("undangan")}, may=OWN),
    Row("reflection:feedback_new", "GET", url={"pk": Ref("undangan")}, may=LEADERS),
    Row(
        "reflection:feedback_new",
        "POST",
        url={"pk": Ref("undangan")},
        body={"giver": "guru", "proposals": "Berbagi", "token": fresh_token},
        may=LEADERS,
    ),
    Row("reflection:feedback_edit", "GET", url={"pk": Ref("feedback")}, may=LEADERS),
    Row(
        "reflection:feedback_edit",
        "POST",
        url={"pk": Ref("feedback")},
        body={"giver": "guru", "proposals": "Berbagi", "version": "1"},
        may=LEADERS,
    ),
    Row("reflection:feedback_remove", "POST", url={"pk": Ref("feedback")}, may=LEADERS),
    Row("reflection:followups", query={"q": Part("kombel_new", "name"), "keadaan": "draf"}, may=EVERYONE),
    Row("reflection:rtl", "GET", url={"pk": Ref("rtl")}, may=f"{OWN} {DINAS} {LEADERS}"),
    Row("reflection:rtl", "POST", url={"pk": Ref("rtl")}, body=ACTIVITY, may=WRITERS),
    Row("reflection:rtl_send", "POST", url={"pk": Ref("rtl")}, may=WRITERS, delivers=NOTICES),
    Row("reflection:rtl_reopen", "POST", url={"pk": Ref("rtl_sent")}, body={"reason": "x"}, may=WRITERS),
    Row("reflection:rtl_item", "GET", url={"pk": Ref("rtl_item")}, may=WRITERS),
    Row("reflection:rtl_item", "POST", url={"pk": Ref("rtl_item")}, body=ACTIVITY, may=WRITERS),
    Row("reflection:rtl_item_remove", "POST", url={"pk": Ref("rtl_item")}, may=WRITERS),
    Row("reflection:rtl_progress", "GET", url={"pk": Ref("rtl_item_sent")}, may=WRITERS),
    Row(
        "reflection:rtl_progress",
        "POST",
        url={"pk": Ref("rtl_item_sent")},
        body={"progress": "berjalan", "version": "1"},
        may=WRITERS,
    ),
    *API,
]


def build(at: Site) -> None:
    """At a school two communities; at a UPT a running session and two that are over, with all their parts."""
    if at.school:
        _kombel(at, "kombel_invited")
        _kombel(at, "kombel_new")
        return
    cycle = _cycle_of(date.today())
    at.give("session_cycle", cycle, only=EVERYONE)
    session = at.give("session", _session(at, cycle, "berlangsung"))
    _prepared(at, session)
    if at.serial:
        # A new letter would rightly reach its community; only the UPT's own rows must change nobody's answers.
        return
    _delivered(at, session)
    for key, state in (("rtl", "draf"), ("rtl_sent", "dikirim")):
        over = _session(at, cycle, "selesai")
        _plan(at, at.give(f"session_{key}", over), key, state)
        at.give("session_over", over)


def _cycle_of(today: date) -> Cycle:
    number = (today.month + 1) // 2
    cycle, _made = Cycle.objects.get_or_create(
        starts=date(today.year, 2 * number - 1, 1),
        defaults={
            "code": f"{today.year}-{number}",
            "name": f"Siklus {today.year}.{number}",
            "ends": date(today.year, 2 * number, 28),
            "opens_on": date(today.year, 2 * number - 1, 1),
            "due_on": date(today.year + 1, 1, 15),
        },
    )
    return cycle


def _kombel(at: Site, key: str) -> None:
    kombel = Kombel.objects.create(
        name=at.canary(key.replace("_", "")),
        kind="dalam",
        jenjang="smk" if at.school.level == "m" else "sd",
        school=at.school,
        path=at.path,
        state="aktif",
        registered_on=date(2026, 1, 5),
        quiet_since=date(2026, 1, 5),
        leader_ids=[at.person(LEADER[at.name]).pk],
    )
    at.give(key, kombel)


def _staff(at: Site) -> str:
    return STAFF[at.name]


def _penggerak(at: Site) -> str:
    return LEADER[at.below.name]


def _readers(at: Site) -> str:
    """Who reads what was delivered: the UPT, the community's penggerak and its Dinas."""
    return f"{_staff(at)} {_penggerak(at)} {DINAS_OF[at.below.name]}"


def _session(at: Site, cycle: Cycle, state: str) -> Session:
    word = f"sesi{state}{'abcdef'[Session.objects.filter(path=at.path).count() % 6]}"
    return Session.objects.create(
        upt=at.office,
        path=at.path,
        cycle=cycle,
        title=at.canary(word, also=_readers(at)),
        held_on=cycle.starts,
        starts=time(9),
        ends=time(12),
        time_zone=at.office.time_zone,
        mode="luring",
        place=at.canary(f"{word}tempat", also=_readers(at)),
        background=at.canary(f"{word}latar", only=_staff(at)),
        rtl_due_on=cycle.ends,
        state=state,
        created_by=at.person(_staff(at).split()[0]),
    )


def _prepared(at: Site, session: Session) -> None:
    part = {"session": session, "path": session.path}
    staff = _staff(at)
    item = ChecklistItem.objects.create(kind="kak", **part)
    at.give("preparation", item, only=staff)
    person = Facilitator.objects.create(name=at.canary("petugas", only=staff), task="Moderator", **part)
    at.give("facilitator", person, only=staff)
    words = {"written_by": session.created_by, **part}
    note = Note.objects.create(prompt="baik", text=at.canary("catatan", only=staff), **words)
    at.give("note", note, only=staff)
    risk = Note.objects.create(prompt="risiko", text=at.canary("risiko", only=staff), **words)
    at.give("risk", risk, only=staff)


def _letter(at: Site, session: Session, **more) -> Undangan:
    kombel = at.below.get("kombel_invited")
    return Undangan.objects.create(
        kombel=kombel,
        path=kombel.path,
        session=session,
        upt=session.upt,
        upt_path=session.path,
        upt_name=session.upt.name,
        session_state=session.state,
        **{name: getattr(session, name) for name in Undangan.COPIED},
        **more,
    )


def _delivered(at: Site, session: Session) -> None:
    note = at.canary("jawaban", only=_readers(at))
    letter = at.give("undangan", _letter(at, session, state="akan_hadir", answer_note=note), only=_readers(at))
    between = f"{_staff(at)} {_penggerak(at)}"
    feedback = Feedback.objects.create(
        undangan=letter,
        path=letter.path,
        giver="murid",
        impact_pupils=at.canary("umpanbalik", only=between),
        written_by=at.person(_penggerak(at)),
    )
    at.give("feedback", feedback, only=between)


def _plan(at: Site, session: Session, key: str, state: str) -> None:
    letter = _letter(at, session, state="hadir")
    sent = {"sent_at": "2026-02-20T03:00:00Z", "sent_by": session.created_by} if state == "dikirim" else {}
    rtl = Rtl.objects.create(undangan=letter, path=letter.path, due_on=session.rtl_due_on, state=state, **sent)
    at.give(key, rtl, only=_readers(at))
    item = RtlItem.objects.create(
        rtl=rtl,
        path=rtl.path,
        activity=at.canary(f"kegiatan{state}", only=_readers(at)),
        aim="Belajar bersama",
        responsible=at.canary(f"pj{state}", only=_readers(at)),
        due_on=date(2026, 5, 1),
        indicator="Satu kali",
    )
    at.give("rtl_item" if state == "draf" else "rtl_item_sent", item, only=_readers(at))
