"""Makers of cycles and reports for the tests of this folder."""

from datetime import date

from coordination.actors.actor import system
from reflection.models import Kind, Obligation, Report
from reflection.models.reports import RANKS
from reflection.services.cycles import generate_cycles
from reflection.services.reports import save_component, start_report
from reflection.services.submission import submit_report


def make_cycles(since: date = date(2026, 5, 1)):
    with system():
        return generate_cycles(until=date(2026, 12, 31), since=since, today=since)


def obligation(office: str = "bbgp_jabar", cycle: str = "2026-5") -> Obligation:
    return Obligation.objects.get(organisation__code=office, cycle__code=cycle)


def start(cast, name: str = "upt_jabar", office: str = "bbgp_jabar", cycle: str = "2026-5") -> Report:
    with cast.actor(name).entered() as actor:
        return start_report(actor=actor, obligation=obligation(office, cycle))


def fill(cast, report: Report, name: str = "upt_jabar", word: str = "isi") -> None:
    with cast.actor(name).entered() as actor:
        for kind in Kind:
            write(actor, report, kind, {rank: f"{word} {kind} {rank}" for rank in RANKS})


def write(actor, report: Report, kind: str, texts: dict[int, str], **more):
    version = more.pop("version", None) or report.components.get(kind=kind).version
    return save_component(actor=actor, report=report, kind=kind, version=version, texts=texts, **more)


def send(cast, report: Report, name: str = "upt_jabar"):
    with cast.actor(name).entered() as actor:
        return submit_report(actor=actor, report=report)
