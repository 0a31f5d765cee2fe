"""Addresses of reflection; the reports' rows in the test world stand at the offices."""

from datetime import date
from itertools import product

from coordination.actors.actor import actor_for
from coordination.actors.models import Membership
from reflection.models import Cycle, Kind, Obligation
from reflection.services.grants import register
from reflection.services.reports import start_report

from . import PUSAT, UPT_JABAR, Ref, Row, fresh_token
from .world import Site

WRITERS = "upt_jabar pmp_jabar upt_kaltim"
READERS = f"{UPT_JABAR} pmp_jabar upt_kaltim"
LEADERS = f"{WRITERS} upt_jabar_head"
SENT_READERS = f"{PUSAT} {READERS}"
SENT = 1
ROUNDS = 4
DRAFT = {"version": "1", "reason_fewer": "", "text_1": "uji", "aksi": "simpan"}

ROWS = [
    Row("reflection:reports", may="upt_jabar upt_jabar_head upt_jabar_staff pmp_jabar upt_kaltim upt_papua"),
    Row(
        "reflection:report_start", "POST", url={"pk": Ref("owed")}, may="upt_jabar upt_jabar_head pmp_jabar upt_kaltim"
    ),
    Row("reflection:report", url={"pk": Ref("draft")}, may=READERS),
    Row("reflection:report", url={"pk": Ref("sent")}, may=SENT_READERS),
    Row("reflection:report_prefill", "POST", url={"pk": Ref("draft")}, may=WRITERS),
    Row("reflection:component", "GET", url={"pk": Ref("draft"), "kind": "baik"}, may=READERS),
    Row("reflection:component", "POST", url={"pk": Ref("draft"), "kind": "baik"}, body=DRAFT, may=WRITERS),
    Row("reflection:component_draft", "POST", url={"pk": Ref("draft"), "kind": "rtl"}, body=DRAFT, may=WRITERS),
    Row("reflection:trace", url={"pk": Ref("draft"), "priority_pk": Ref("priority")}, may=READERS),
    Row("reflection:source_drop", "POST", url={"pk": Ref("draft"), "source_pk": Ref("source")}, may=WRITERS),
    Row("reflection:report_team", "GET", url={"pk": Ref("draft")}, may=READERS),
    Row("reflection:report_team", "POST", url={"pk": Ref("draft")}, body={"email": "baru@contoh.id"}, may=LEADERS),
    Row(
        "reflection:collaborator_remove",
        "POST",
        url={"pk": Ref("draft"), "collaborator_pk": Ref("collaborator")},
        may=LEADERS,
    ),
    Row(
        "reflection:collaborator_pj",
        "POST",
        url={"pk": Ref("draft"), "collaborator_pk": Ref("collaborator")},
        may=LEADERS,
    ),
    Row("reflection:report_check", "GET", url={"pk": Ref("draft")}, may=READERS),
    Row(
        "reflection:report_check",
        "POST",
        url={"pk": Ref("ready")},
        body={"token": fresh_token, "seen": "6"},
        may=WRITERS,
        delivers=("notices_notice",),
    ),
    Row("reflection:report_receipt", url={"pk": Ref("sent")}, may=SENT_READERS),
    Row("reflection:version", url={"pk": Ref("sent"), "number": "1"}, may=SENT_READERS),
    Row("reflection:version_pdf", url={"pk": Ref("sent"), "number": "1"}, may=SENT_READERS, changing=True),
    Row("reflection:report_compare", url={"pk": Ref("sent")}, query={"dari": "1", "ke": "1"}, may=SENT_READERS),
    Row("reflection:report_decide", "GET", url={"pk": Ref("sent")}, may="admin"),
    Row(
        "reflection:report_decide",
        "POST",
        url={"pk": Ref("sent")},
        body={"version": "1", "aksi": "kembali", "note_rtl": "uji"},
        may="admin",
        delivers=("notices_notice",),
    ),
    Row("reflection:recap", query={"siklus": "2026-1"}, may=PUSAT),
    Row("reflection:recap_rows", query={"siklus": "2026-1", "status": "tepat"}, may=PUSAT),
    Row("reflection:recap_priorities", query={"siklus": "2026-1", "q": "kanari"}, may=PUSAT),
    Row("reflection:cycles", may=PUSAT),
    Row("reflection:cycles_plan", "POST", body={"until": "2027-01-31"}, may="admin"),
    Row("reflection:cycle", url={"code": "2026-1"}, may=PUSAT),
    Row("reflection:circular_new", "GET", url={"code": "2026-1"}, may="admin"),
    Row(
        "reflection:circular_new",
        "POST",
        url={"code": "2026-1"},
        body={
            "number": fresh_token,
            "issued_on": "2026-04-01",
            "new_due_on": "2026-10-30",
            "reason": "uji",
            "reach": "semua",
        },
        may="admin",
        delivers=("notices_notice",),
    ),
]


def build(at: Site) -> None:
    """At each UPT a duty, a draft, a full draft and a sent report, all of its own words."""
    if not at.office:
        return
    _calendar()
    sent, owed, draft, ready = (_obligation(at, number) for number in range(SENT, SENT + 4))
    # What was sent first is what a later draft can start from.
    _sent(at, sent)
    at.give("owed", owed)
    _draft(at, draft)
    at.give("ready", _report(at, ready, full=True), only=_people(at))


def _obligation(at: Site, number: int) -> Obligation:
    cycle = Cycle.objects.get(code=f"20{26 + at.serial}-{number}")
    return Obligation.objects.create(
        cycle=cycle,
        organisation=at.office,
        path=at.path,
        due_on=cycle.due_on,
        closes_at=f"{cycle.due_on}T17:00:00Z",
    )


def _calendar() -> None:
    """Cycles for every round at once: the calendar is public and must not tell the rounds apart."""
    for serial, number in product(range(ROUNDS), range(SENT, SENT + 4)):
        year = 2026 - serial
        Cycle.objects.get_or_create(
            code=f"20{26 + serial}-{number}",
            defaults={
                "name": f"Siklus uji {serial}.{number}",
                "starts": date(year, 2 * number - 1, 1),
                "ends": date(year, 2 * number, 28),
                "opens_on": date(year, 2 * number - 1, 1),
                "due_on": date(year, 2 * number + 1, 15),
            },
        )


def _report(at: Site, owed: Obligation, *, full: bool = False):
    number = int(owed.cycle.code[-1])
    writer = Membership.objects.filter(path=at.path, role="upt_coordinator").order_by("id").first()
    report = start_report(actor=actor_for(writer.user, writer.pk), obligation=owed)
    for component in report.components.all():
        if full:
            for place in component.priorities.all():
                word = f"isi{number}{component.kind}{'abcde'[place.rank - 1]}"
                place.text = at.canary(word, only="" if number == SENT else _people(at))
                place.save()
    return report


def _draft(at: Site, owed: Obligation) -> None:
    report = _report(at, owed)
    at.give("draft", report, only=_people(at))
    place = report.components.get(kind=Kind.DAMPAK).priorities.get(rank=1)
    place.text = at.canary("prioritas", only=_people(at))
    place.save()
    at.give("priority", place, only=_people(at))
    source = place.sources.create(
        report=report, path=at.path, origin="catatan", ref_id=0, excerpt=at.canary("sumber", only=_people(at))
    )
    at.give("source", source, only=_people(at))
    colleague = at.get("colleague") if not at.serial else at.person("admin")
    at.give("collaborator", register(report=report, user=colleague, by=report.pj), only=_people(at))


def _people(at: Site) -> str:
    """Who reads a draft: its UPT alone, not even Pusat."""
    return {"bbgp_jabar": UPT_JABAR, "bbpmp_jabar": "pmp_jabar", "bgp_kaltim": "upt_kaltim"}[at.name]


def _sent(at: Site, owed: Obligation) -> None:
    from reflection.services.submission import submit_report

    report = _report(at, owed, full=True)
    submit_report(actor=actor_for(report.pj), report=report)
    at.give("sent", report)
