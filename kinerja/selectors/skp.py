"""The SKP of a plan as one plain structure, from which every form of it is made (PK-11)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..models import Assessment, Level, Observation, Plan, PlanEvent, PlanVersion, Rating, SectionCode
from ..rules.content import quantities
from ..rules.credit import credit_for, months_between
from ..rules.pack import Pack, Utama
from .achievement import Achievement, achievement_of

FORMAT = "ikm-skp/1"
LEVELS = dict(Level.choices)


@dataclass(frozen=True, slots=True)
class Employee:
    """Whose SKP it is, with the school as it was in the plan; `nip` is empty for who is no civil servant."""

    name: str
    nip: str
    job: str
    position: str
    school: str
    npsn: str
    jenjang: str


@dataclass(frozen=True, slots=True)
class Assessor:
    """Who rated, or before that who approved; both empty while nobody has."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Term:
    """The period and the part of it that this plan covers."""

    code: str
    name: str
    starts: date
    until: date
    partial: bool


@dataclass(frozen=True, slots=True)
class Regulation:
    """The rule pack and where it stands."""

    code: str
    name: str
    source: str


class Rated:
    """Something with a level; `level` is empty until the rating is shown to its owner."""

    __slots__ = ()
    level: str

    @property
    def level_label(self) -> str:
        """The level in words."""
        return str(LEVELS.get(self.level, ""))


@dataclass(frozen=True, slots=True)
class Practice(Rated):
    """The praktik pembelajaran: the chosen indicator and when it was observed."""

    indicator: str
    name: str
    group: str
    observed_on: date | None
    level: str
    reason: str


@dataclass(frozen=True, slots=True)
class Work(Rated):
    """One RHK: planned and achieved. Points are None in a pack without them and for a tambahan."""

    kind: str
    number: int
    title: str
    text: str
    unit: str
    planned_packages: int
    planned_units: int
    planned_points: int | None
    evidence: int
    achieved_units: int
    achieved_points: int | None
    sk_number: str
    sk_date: str
    report: str
    level: str
    reason: str


@dataclass(frozen=True, slots=True)
class Behaviour(Rated):
    """One of the seven values with the behaviours that were chosen and how they are shown."""

    code: str
    name: str
    behaviours: tuple[str, ...]
    how: str
    level: str
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """The rating as a whole."""

    hasil: str
    perilaku: str
    predicate: str
    predicate_name: str
    note: str
    response: str

    @property
    def hasil_label(self) -> str:
        """Hasil kerja in words."""
        return str(LEVELS.get(self.hasil, ""))

    @property
    def perilaku_label(self) -> str:
        """Perilaku kerja in words."""
        return str(LEVELS.get(self.perilaku, ""))


@dataclass(frozen=True, slots=True)
class CreditPoints:
    """Angka kredit with what it was reckoned from: coefficient × percent × months/12."""

    position: str
    coefficient: Decimal
    percent: int
    months: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Skp:
    """A plan as SKP; `result` is None before it is rated, `credit` when the jenjang jabatan is not known.

    `reference` names the same SKP for ever. Moments are in UTC.
    """

    reference: str
    state: str
    final: bool
    employee: Employee
    assessor: Assessor
    period: Term
    regulation: Regulation
    practice: Practice
    works: tuple[Work, ...]
    behaviours: tuple[Behaviour, ...]
    planned_points: int | None
    achieved_points: int | None
    under_reason: str
    result: Result | None
    credit: CreditPoints | None
    version: int
    approved_version: int
    submitted_at: datetime | None
    approved_at: datetime | None
    rated_at: datetime | None
    final_at: datetime | None
    printed_at: datetime

    def of_kind(self, kind: str) -> list[Work]:
        """Its RHK utama or tambahan."""
        return [one for one in self.works if one.kind == kind]

    def as_json(self) -> dict[str, Any]:
        """The structure in JSON's types, with its format; docs/kinerja/ekinerja.md describes it."""
        return {"format": FORMAT, **_plain(asdict(self))}


def skp_of(plan: Plan, *, printed_at: datetime) -> Skp:
    """The SKP of a plan that was sent at least once, in six statements beside those of owner and period.

    It stands on the approved version, before that on the last one sent. A rating in progress is left out: it is
    the principal's alone until it is saved (PK-10). Raises PlanVersion.DoesNotExist for a plan never sent.
    """
    pack = plan.rules
    version = PlanVersion.objects.get(plan_id=plan.pk, number=plan.approved or plan.version)
    assessment = Assessment.objects.select_related("rated_by").filter(plan_id=plan.pk, rated_at__isnull=False).first()
    marks = {one.subject: one for one in Rating.objects.filter(assessment=assessment)} if assessment else {}
    events = PlanEvent.objects.select_related("by").filter(plan_id=plan.pk, verb__in=["approve", "rate"])
    steps = {one.verb: one for one in events}
    works = tuple(_works(plan, version.content, marks))
    return Skp(
        reference=f"ikm-skp:{plan.pk}",
        state=plan.state,
        final=plan.state == Plan.State.FINAL,
        employee=_employee(plan),
        assessor=_assessor(plan, steps, assessment),
        period=Term(plan.period.code, plan.period.name, plan.starts, plan.until, plan.is_partial()),
        regulation=Regulation(pack.code, pack.name, pack.source),
        practice=_practice(plan, version.content, marks),
        works=works,
        behaviours=tuple(_behaviours(pack, version.content, marks)),
        planned_points=version.points if pack.has_points else None,
        achieved_points=sum(one.achieved_points or 0 for one in works) if pack.has_points else None,
        under_reason=_under_reason(pack, version),
        result=_result(pack, assessment),
        credit=_credit(plan, assessment),
        version=plan.version,
        approved_version=plan.approved,
        submitted_at=version.at,
        approved_at=steps["approve"].at if "approve" in steps else None,
        rated_at=assessment.rated_at if assessment else None,
        final_at=plan.final_at,
        printed_at=printed_at,
    )


def _under_reason(pack: Pack, version: PlanVersion) -> str:
    """Why this version has few points; a change that waits may give another reason, or need none."""
    few = pack.limits is not None and version.points < pack.limits.least
    return version.content[SectionCode.KOMPETENSI].get("under_reason", "") if few else ""


def _employee(plan: Plan) -> Employee:
    return Employee(
        name=plan.owner.name,
        nip=plan.nip,
        job=_("Kepala sekolah") if plan.of_principal else _("Guru"),
        position=plan.rules.positions.get(plan.position, ""),
        school=plan.school_name,
        npsn=plan.npsn,
        jenjang=plan.jenjang,
    )


def _assessor(plan: Plan, steps: dict[str, PlanEvent], assessment: Assessment | None) -> Assessor:
    step = steps.get("rate") or steps.get("approve")
    person = assessment.rated_by if assessment else step.by if step else None
    if person is None:
        return Assessor("", "")
    return Assessor(person.name, step.by_role if step and step.by_id == person.pk else capfirst(plan.decider_label))


def _practice(plan: Plan, content: dict, marks: dict[str, Rating]) -> Practice:
    chosen = plan.rules.indicator(content["praktik"]["indicator"])
    observed = Observation.objects.filter(plan_id=plan.pk).values_list("observed_on", flat=True).first()
    return Practice(chosen.code, chosen.name, chosen.group, observed, *_mark(marks, "praktik"))


def _works(plan: Plan, content: dict, marks: dict[str, Rating]) -> list[Work]:
    done = {one.item.number: one for one in achievement_of(plan).rows} if plan.approved else {}
    given = content[SectionCode.TAMBAHAN].get("items", {})
    wanted = quantities(content[SectionCode.KOMPETENSI]) | dict.fromkeys(map(int, given), 1)
    return [
        _work(plan.rules, number, wanted[number], done.get(number), given.get(str(number), {}), marks)
        for number in sorted(wanted)
    ]


def _work(pack: Pack, number: int, count: int, done: Achievement | None, given: dict, marks: dict[str, Rating]) -> Work:
    rhk = pack.rhk(number)
    utama = rhk if isinstance(rhk, Utama) else None
    worth = utama.points if utama and pack.has_points else None
    level, reason = _mark(marks, f"rhk:{number}")
    return Work(
        kind="utama" if utama else "tambahan",
        number=number,
        title=rhk.short,
        text=rhk.text,
        unit=utama.unit if utama else "",
        planned_packages=count,
        planned_units=count * (utama.per if utama else 1),
        planned_points=None if worth is None else worth * count,
        evidence=done.evidence if done else 0,
        achieved_units=done.achieved_units if done else 0,
        achieved_points=None if worth is None else (done.achieved_points if done else 0),
        sk_number=given.get("sk_number", ""),
        sk_date=given.get("sk_date", ""),
        report=given.get("report", ""),
        level=level,
        reason=reason,
    )


def _behaviours(pack: Pack, content: dict, marks: dict[str, Rating]) -> list[Behaviour]:
    given = content[SectionCode.PERILAKU].get("values", {})
    found = []
    for value in pack.values:
        said = given.get(value.code, {})
        chosen = tuple(said.get("behaviours", ()))
        found.append(
            Behaviour(value.code, value.name, chosen, said.get("how", ""), *_mark(marks, f"nilai:{value.code}"))
        )
    return found


def _mark(marks: dict[str, Rating], subject: str) -> tuple[str, str]:
    one = marks.get(subject)
    return (one.level, one.reason) if one else ("", "")


def _result(pack: Pack, assessment: Assessment | None) -> Result | None:
    if assessment is None:
        return None
    return Result(
        hasil=assessment.hasil,
        perilaku=assessment.perilaku,
        predicate=assessment.predicate,
        predicate_name=pack.predicate(assessment.predicate).name,
        note=assessment.note,
        response=assessment.response,
    )


def _credit(plan: Plan, assessment: Assessment | None) -> CreditPoints | None:
    if assessment is None or not plan.position:
        return None
    months = months_between(plan.starts, plan.until)
    found = credit_for(plan.rules, position=plan.position, predicate=assessment.predicate, months=months)
    return CreditPoints(plan.position, found.coefficient, found.percent, found.months, found.value)


def _plain(value: Any) -> Any:
    """JSON's types: days and moments as ISO 8601, decimals as text so that none is rounded."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
