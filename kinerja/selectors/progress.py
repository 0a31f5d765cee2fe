"""How far the plans of an area are, read from the tallies alone (PK-12): the same cost at any number of plans."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import BooleanField, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Concat, Left, Right
from django.utils.translation import gettext_lazy as _

from coordination.actors.actor import Actor
from coordination.actors.models import Role, Wilayah
from coordination.actors.shares import rounded
from coordination.actors.tenancy import paths

from ..models import Period, Plan, Tally, TallyRun
from ..rules.small import LEAST, Cell, released, withheld
from .areas import Area, part_of, provinces_of

State = Plan.State
STAGES = {
    "perencanaan": (_("Perencanaan"), (State.DRAF, State.DIAJUKAN, State.DIKEMBALIKAN)),
    "pelaksanaan": (_("Pelaksanaan"), (State.DISETUJUI, State.PERUBAHAN)),
    "penilaian": (_("Penilaian"), (State.DINILAI, State.KEBERATAN)),
    "selesai": (_("Selesai"), (State.FINAL,)),
}
"""The stages of a period with the states that belong to them."""
APPROVED = (State.DISETUJUI, State.PERUBAHAN, State.DINILAI, State.KEBERATAN, State.FINAL)
SUBMITTED = (State.DIAJUKAN, State.DIKEMBALIKAN, *APPROVED)
KINDS = {"guru": False, "ks": True}
COUNTED_AS = {"plan": "state", "indicator": "indicator", "predicate": "predicate"}
"""The dimension whose number of plans says whether a distribution may be shown."""


@dataclass(frozen=True)
class Cut:
    """Which plans are counted: of a period, and if asked of one jenjang or kind of employee."""

    period: Period
    jenjang: str = ""
    kind: str = ""

    @property
    def as_of(self) -> datetime | None:
        """When the counts were last brought up to date."""
        return self.period.as_of  # type: ignore[attr-defined]

    @property
    def plans(self) -> Q:
        wanted = Q(period=self.period)
        return wanted & Q(of_principal=KINDS[self.kind]) if self.kind else wanted

    @property
    def everything(self) -> Q:
        """Plans and, without a period, teachers and schools."""
        wanted = self.plans | Q(period=None)
        return wanted & Q(jenjang=self.jenjang) if self.jenjang else wanted

    def holds(self, cell: Cell) -> bool:
        return self.jenjang in ("", cell[0]) and (not self.kind or KINDS[self.kind] == cell[1])

    @property
    def query(self) -> dict[str, str]:
        """What names the cut in an address."""
        asked = {"periode": self.period.code, "jenjang": self.jenjang, "jenis": self.kind}
        return {name: value for name, value in asked.items() if value}


@dataclass
class Numbers:
    """The counts of one area."""

    name: str = ""
    code: str = ""
    states: Counter = field(default_factory=Counter)
    teachers: int = 0
    schools: int = 0
    kind: str = ""

    @property
    def plans(self) -> int:
        return _existing(self.states)

    def of(self, states: Iterable[str]) -> int:
        return sum(self.states[state] for state in states)

    @property
    def stages(self) -> dict[str, int]:
        return {key: self.of(states) for key, (_label, states) in STAGES.items()}

    @property
    def submitted(self) -> int:
        return self.of(SUBMITTED)

    @property
    def approved(self) -> int:
        return self.of(APPROVED)

    @property
    def expected(self) -> int:
        """What plans are measured against: teachers by Dapodik, or for principals one a school."""
        return self.schools if self.kind == "ks" else self.teachers

    @property
    def base(self) -> int:
        """What shares are taken of; where Dapodik names no teachers, or fewer than plans, the plans themselves."""
        return max(self.expected, self.plans)

    @property
    def submitted_share(self) -> int:
        return rounded(self.submitted, self.base)

    @property
    def approved_share(self) -> int:
        return rounded(self.approved, self.base)

    def add(self, dimension: str, value: str, number: int) -> None:
        if dimension == "state":
            self.states[value] += number
        elif dimension == "guru":
            self.teachers += number
        elif dimension == "sekolah":
            self.schools += number


@dataclass
class Progress:
    """What the page of an area shows."""

    area: Area
    cut: Cut
    total: Numbers
    cells: dict[Cell, Numbers]
    shown: dict[str, Counter]
    """States, indicators and predicates of the cells that are large enough (`rules.small`), by dimension."""
    unshown: dict[str, int]
    """Plans in cells too small to be shown, by dimension."""
    parts: list[Numbers]

    @property
    def indicators(self) -> Counter:
        return self.shown["indicator"]

    @property
    def predicates(self) -> Counter:
        return self.shown["predicate"]

    @property
    def states(self) -> dict[str, int | None]:
        """Every state with its number, as `fine` gives it."""
        return {state.value: self.fine("state", {state.value}) for state in State}

    def fine(self, dimension: str, values: Collection[str]) -> int | None:
        """A number of the shown cells; None where there may be more in those too small to be shown.

        A state that is a stage of its own, or lies in a stage nobody is in, is known from the stage.
        """
        if dimension == "state":
            stage = next((set(states) for _label, states in STAGES.values() if set(states).issuperset(values)), set())
            if stage == values or (stage and not self.total.of(stage)):
                return self.total.of(values)
        number = sum(self.shown[dimension][value] for value in values)
        return None if not number and self.unshown[dimension] else number

    @property
    def empty_parts(self) -> list[Numbers]:
        return [part for part in self.parts if not part.plans]


def periods_of(actor: Actor) -> list[Period]:
    """All periods, the latest first, each with `as_of`: when counts were last folded; one statement."""
    latest = TallyRun.objects.order_by("-at").values("at")[:1]
    return list(
        Period.objects.visible_to(actor).select_related("pack").defer("pack__content").annotate(as_of=Subquery(latest))
    )


def present(periods: list[Period], today: date) -> Period | None:
    """The period a day lies in, or the last that has begun."""
    begun = [one for one in periods if one.starts <= today]
    return begun[0] if begun else (periods[-1] if periods else None)


def progress(actor: Actor, area: Area, cut: Cut) -> Progress:
    """All numbers of an area and of its parts, by one statement."""
    total = Numbers(area.name, area.code, kind=cut.kind)
    cells: dict[Cell, Numbers] = defaultdict(lambda: Numbers(kind=cut.kind))
    parts = {code: Numbers(name, code, kind=cut.kind) for code, name in area.parts.items()}
    found: dict[str, dict[Cell, Counter]] = {name: defaultdict(Counter) for name in COUNTED_AS.values()}
    beside: dict[str, dict[Cell, Counter]] = {name: defaultdict(Counter) for name in COUNTED_AS.values()}
    for where, path, dimension, value, jenjang, of_principal, number in _rows(actor, area, cut):
        cell = (jenjang, of_principal)
        if where == "beside":
            beside[COUNTED_AS[dimension]][cell][part_of(path)] += number
        elif where == "below":
            code = part_of(path)
            parts.setdefault(code, Numbers(code, code, kind=cut.kind)).add(dimension, value, number)
        elif dimension in {"guru", "sekolah"}:
            cells[cell].add(dimension, value, number)
            if cut.jenjang in ("", jenjang):
                total.add(dimension, value, number)
        else:
            cells[cell].add(dimension, value, number)
            if not cut.holds(cell):
                continue
            total.add(dimension, value, number)
            found[dimension][cell][value] += number
    shown, unshown = _released(actor, area, found, beside)
    listed = [one for one in parts.values() if one.name != one.code or one.plans or one.expected]
    return Progress(area, cut, total, dict(cells), shown, unshown, sorted(listed, key=_worst_first))


def _rows(actor: Actor, area: Area, cut: Cut) -> QuerySet:
    """Own counts by cell, those of the parts, and the sizes of cells in neighbouring areas: one statement."""
    tallies = Tally.objects.visible_to(actor)
    text, no = Value("", output_field=CharField()), Value(False, output_field=BooleanField())
    names = ("where", "at", "dimension", "what", "school", "principal", "number")
    own = (
        tallies.filter(area.own, Q(period=cut.period) | Q(period=None), count__gt=0)
        .exclude(dimension="plan")
        .order_by()
        .values("dimension", where=Value("own", output_field=CharField()), at=text, what=F("value"),
                school=F("jenjang"), principal=F("of_principal"))
    )  # fmt: skip
    below = (
        tallies.filter(area.below, cut.everything, dimension__in=["state", "guru", "sekolah"], count__gt=0)
        .order_by()
        .values(
            where=Value("below", output_field=CharField()), at=F("path"), what=F("value"), school=text, principal=no
        )
    )
    beside = (
        tallies.filter(area.beside, cut.plans, dimension__in=COUNTED_AS, count__gt=0)
        .order_by()
        .values("dimension", where=Value("beside", output_field=CharField()), at=F("path"), what=text,
                school=F("jenjang"), principal=F("of_principal"))
    )  # fmt: skip
    arms = [arm.annotate(number=Sum("count")).values_list(*names) for arm in (own, below, beside)]
    return arms[0].union(*arms[1:], all=True)


def _released(
    actor: Actor, area: Area, found: dict[str, dict[Cell, Counter]], beside: dict[str, dict[Cell, Counter]]
) -> tuple[dict[str, Counter], dict[str, int]]:
    """By dimension what may be shown of an area, and how many plans are not among it."""
    here = area.school.npsn if area.school else area.code
    shown: dict[str, Counter] = {}
    unshown: dict[str, int] = {}
    for dimension, cells in found.items():
        if decides_there(actor, area):
            shown[dimension], unshown[dimension] = sum(cells.values(), Counter()), 0
            continue
        sizes = {cell: _existing(values) for cell, values in cells.items()}
        shown[dimension], unshown[dimension] = released(cells, sizes, beside[dimension], here)
    return shown, unshown


def decides_there(actor: Actor, area: Area) -> bool:
    """Whether the reader rated these plans anyway: the principal at the own school."""
    return actor.role == Role.KEPSEK and area.school is not None and area.school.path == actor.acting.path


def counts_below(actor: Actor, area: Area, cut: Cut, dimension: str, values: Collection[str], *, fine: bool) -> Counter:
    """The parts of an area with what they add to one number, by code or NPSN; one statement.

    Of a `fine` number the cells of parts that are too small, and of enough others, are left out (`rules.small`).
    """
    period = Q(period=None) if dimension in {"guru", "sekolah"} else cut.plans
    rows = Tally.objects.visible_to(actor).filter(area.below, period, dimension=dimension, count__gt=0)
    if cut.jenjang:
        rows = rows.filter(jenjang=cut.jenjang)
    found: Counter = Counter()
    cells: dict[Cell, dict[str, Counter]] = defaultdict(lambda: defaultdict(Counter))
    columns = ("path", "value", "jenjang", "of_principal")
    for path, value, jenjang, of_principal, number in rows.order_by().values_list(*columns).annotate(n=Sum("count")):
        if fine:
            cells[jenjang, of_principal][part_of(path)][value] += number
        elif value in values:
            found[part_of(path)] += number
    for parts in cells.values():
        sizes = {code: _existing(each) for code, each in parts.items()}
        hidden = withheld(sizes)
        for code, each in parts.items():
            if sizes[code] >= LEAST and code not in hidden:
                found[code] += sum(each[value] for value in values)
    return found


def silent_kabkota(actor: Actor, cut: Cut) -> QuerySet[Wilayah]:
    """The kab/kota of the reader's provinces in which nobody has a plan, by name; one statement."""
    # Looked up for each kab/kota, so that it costs the same however many have plans.
    plans = Tally.objects.visible_to(actor).filter(cut.everything, period=cut.period, dimension="plan", count__gt=0)
    code = OuterRef("code")
    at = [Concat(Left(code, 3), Value(level), Right(code, 3)) for level in paths.LEVELS]
    rows = Wilayah.objects.filter(*(~Exists(plans.filter(path=one)) for one in at), level=Wilayah.Level.KABKOTA)
    provinces = provinces_of(actor)
    return (rows if provinces is None else rows.filter(parent__in=provinces)).order_by("code")


def _existing(values: Counter) -> int:
    """Plans without those that went to another school, where they are counted."""
    return values.total() - values[State.DIPINDAHKAN]


def _worst_first(one: Numbers) -> tuple:
    base = one.base or 1
    return one.approved / base, one.submitted / base, -one.expected, one.name
