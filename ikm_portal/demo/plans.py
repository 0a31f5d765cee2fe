"""The demo's performance plans, in different states, through the same services as the pages.

What belongs to last semester is done as of days of that semester, and its moments are set back afterwards.
"""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from coordination.actors.actor import Acting, Actor
from coordination.actors.models import School
from kinerja.models import Assessment, Observation, Period, Plan, PlanEvent, PlanItem, PlanVersion, RaporColour
from kinerja.selectors.assessments import done_of, subjects_for
from kinerja.selectors.packs import period_on
from kinerja.services.assessments import Given, finish_plan, rate_plan, respond
from kinerja.services.decisions import approve_plan
from kinerja.services.evidence import add_evidence
from kinerja.services.observations import take_step
from kinerja.services.packs import prepare_periods
from kinerja.services.plans import begin_plan, describe_employee, submit_plan, write_section
from kinerja.services.rapor import save_colours

from .schools import SCHOOLS
from .work import actor as of_today

COLOURS = ("merah", "kuning", "hijau", "hijau", "kuning", "hijau", "merah", "hijau")
HOW = "Contoh: setiap pagi di kelas, dicatat di jurnal mengajar."
ITEMS = {"1": 2, "5": 4}
SK = {"sk_number": "Contoh-1/2026", "report": "semester"}
RATED = "Sesuai rencana (contoh)."


@dataclass(frozen=True)
class ActingThen(Acting):
    """A membership on a day that has passed."""

    day: date = date.min

    def today(self) -> date:
        return self.day


def actor(login: str, day: date | None = None) -> Actor:
    """The actor behind a login, as of a day."""
    found = of_today(login)
    if day is None:
        return found
    same: dict[str, Any] = {one.name: getattr(found.acting, one.name) for one in fields(found.acting)}
    return replace(found, acting=ActingThen(**same, day=day))


def make_plans() -> int:
    """Make the example plans that are missing; returns how many."""
    _colours()
    present = period_on(of_today("guru_depok").today())
    if present is None:
        return 0
    prepare_periods(present.starts - timedelta(days=1))
    before = period_on(present.starts - timedelta(days=1))
    made = 0
    # One is finished, the other still waits for its rating.
    for teacher, principal, past in (
        ("guru_depok", "kepsek_depok", _finished),
        ("guru_smk_depok", "kepsek_smk_depok", _carried_out),
    ):
        if before is not None and _missing(teacher, before):
            past(teacher, principal, before)
            made += 1
    if _missing("guru_depok", present):
        _running("guru_depok", "kepsek_depok", present)
        made += 1
    for owner in ("guru_smk_depok", "kepsek_depok"):
        if _missing(owner, present):
            _sent(owner, present)
            made += 1
    return made


def _missing(owner: str, period: Period) -> bool:
    return not Plan.objects.filter(owner__username=owner, period=period).exists()


def _colours() -> None:
    for use, login in (("sd_depok", "kepsek_depok"), ("smk_depok", "kepsek_smk_depok")):
        school = School.objects.get(npsn=SCHOOLS[use][0])
        if RaporColour.objects.filter(school=school).exists():
            continue
        with actor(login).entered() as principal:
            period = period_on(principal.today())
            if period is not None:
                codes = [one.code for one in _rules(period).indicators]
                colours = dict(zip(codes, COLOURS, strict=False))
                save_colours(actor=principal, school=school, year=principal.today().year, colours=colours)


def _rules(period: Period):
    return Plan(pack_id=period.pack_id).rules


def _drafted(owner: Actor, period: Period) -> Plan:
    """A complete draft."""
    plan = begin_plan(actor=owner, period=period)
    describe_employee(actor=owner, plan=plan, nip="", position=next(iter(plan.rules.positions), ""))
    day = period.starts.isoformat()
    extra = [one.number for one in plan.rules.offered_to(plan.jenjang)][:1]
    contents: dict[str, dict] = {
        "praktik": {"indicator": plan.rules.indicators[0].code},
        "kompetensi": {"items": ITEMS, "under_reason": ""},
        "tambahan": {"items": {str(number): {**SK, "sk_date": day} for number in extra}},
        "perilaku": {
            "values": {one.code: {"behaviours": [one.behaviours[0]], "how": HOW} for one in plan.rules.values}
        },
    }
    for code, content in contents.items():
        write_section(actor=owner, plan=plan, code=code, content=content, version=0)
    return plan


def _sent(login: str, period: Period) -> Plan:
    with actor(login).entered() as owner:
        plan = _drafted(owner, period)
        submit_plan(actor=owner, plan=plan)
    return plan


def _approved(teacher: str, principal: str, period: Period, day: date | None) -> Plan:
    with actor(teacher, day).entered() as owner:
        plan = _drafted(owner, period)
        submit_plan(actor=owner, plan=plan)
    with actor(principal, day).entered() as decider:
        approve_plan(actor=decider, plan=plan, number=1)
    return plan


def _running(teacher: str, principal: str, period: Period) -> None:
    """Approved, one RHK shown, and a date for the observation that the teacher has to answer."""
    plan = _approved(teacher, principal, period, None)
    with actor(teacher).entered() as owner:
        _show(owner, plan, PlanItem.objects.filter(plan=plan)[:1])
    with actor(principal).entered() as decider:
        day = _school_day(min(decider.today() + timedelta(days=7), plan.until))
        given = {"held_on": day, "starts": time(8, 0), "place": "Kelas contoh"}
        take_step(actor=decider, plan=plan, step="propose", version=0, given=given)


def _school_day(day: date) -> date:
    """The day, or the Friday before a weekend."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _carried_out(teacher: str, principal: str, period: Period) -> Plan:
    """Last semester's plan: observed and shown, and nobody has rated it yet."""
    begun, seen = period.starts + timedelta(days=7), _school_day(period.starts + timedelta(days=60))
    plan = _approved(teacher, principal, period, begun)
    _observed(teacher, principal, plan, seen)
    with actor(teacher, seen).entered() as owner:
        _show(owner, plan, PlanItem.objects.filter(plan=plan))
    _set_back(plan, begun)
    return plan


def _finished(teacher: str, principal: str, period: Period) -> None:
    """Last semester's plan, rated and accepted."""
    plan = _carried_out(teacher, principal, period)
    rated = period.assess_opens + timedelta(days=7)
    with actor(principal, rated).entered() as decider:
        subjects = subjects_for(Plan.objects.get(pk=plan.pk), done_of([plan])[plan.pk])
        marks = {one.code: {"level": "sesuai", "reason": RATED} for one in subjects}
        given = Given(marks=marks, hasil="sesuai", perilaku="sesuai", note="Contoh: pertahankan.")
        rate_plan(actor=decider, plan=plan, given=given, version=0)
    with actor(teacher, rated).entered() as owner:
        respond(actor=owner, plan=plan, words="Contoh: terima kasih, saya setuju.")
        finish_plan(actor=owner, plan=plan)
    _set_back_rating(plan, rated)


def _observed(teacher: str, principal: str, plan: Plan, day: date) -> None:
    focus = Plan.objects.get(pk=plan.pk).rules.indicators[0].focus
    rubric = {str(number): {"score": 2, "note": "Contoh."} for number in range(1, len(focus) + 1)}
    steps: tuple[tuple[str, str, dict], ...] = (
        (teacher, "propose", {"held_on": day, "starts": time(8, 0), "place": "Kelas contoh"}),
        (principal, "agree", {}),
        (principal, "prepare", {"preparation": "Contoh: tujuan dan fokus dibahas bersama."}),
        (principal, "observe", {"rubric": rubric, "observed_on": day, "observer_note": "Contoh."}),
        (principal, "follow", {"follow_up": "Contoh: dua hal baik, satu hal untuk ditingkatkan."}),
        (teacher, "improve", {"improvement": "Contoh: kesepakatan kelas ditempel dan diingatkan."}),
        (teacher, "reflect", {"reflection": "Contoh: murid lebih tertib saat berdiskusi."}),
    )
    for login, step, given in steps:
        with actor(login, day).entered() as doer:
            found = Observation.objects.filter(plan=plan).first()
            take_step(actor=doer, plan=plan, step=step, version=found.version if found else 0, given=given)


def _show(owner: Actor, plan: Plan, items) -> None:
    for item in items:
        add_evidence(
            actor=owner, plan=plan, item=item, kind="catatan", title=f"Bukti contoh RHK {item.number}",
            done_on=min(owner.today(), plan.until), units=1, note="Catatan contoh.",
        )  # fmt: skip


PLANNED = ("begin", "submit", "approve")


def _set_back(plan: Plan, begun: date) -> None:
    """Let what was planned as of a day have its moment on that day; runs as the owner of the tables."""
    at = _morning(begun)
    Plan.objects.filter(pk=plan.pk).update(started_at=at, submitted_at=at, decided_at=at)
    PlanVersion.objects.filter(plan=plan).update(at=at)
    PlanEvent.objects.filter(plan=plan, verb__in=PLANNED).update(at=at)


def _set_back_rating(plan: Plan, rated: date) -> None:
    at = _morning(rated)
    Plan.objects.filter(pk=plan.pk).update(rated_at=at, final_at=at)
    PlanEvent.objects.filter(plan=plan).exclude(verb__in=PLANNED).update(at=at)
    Assessment.objects.filter(plan=plan).update(rated_at=at, responded_at=at)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(10), ZoneInfo("Asia/Jakarta"))
