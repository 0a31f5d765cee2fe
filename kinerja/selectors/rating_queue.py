"""The plans a principal (or, for principals, a Dinas) rates: objections first, then what is ready, locked, rated."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from coordination.actors.actor import Actor

from ..gates.assessment import rate_blocks
from ..gates.base import Block, blocks
from ..models import Evidence, Observation, Plan, PlanItem, RulePack
from ..selectors.assessments import done_of
from .packs import pack_of

KINDS = ("keberatan", "siap", "terkunci", "dinilai", "selesai")
"""As in `?lihat=`; the order of the list."""


@dataclass(frozen=True, slots=True)
class Line:
    """One plan of the list: its kind, and the rules that lock it."""

    plan: Plan
    kind: str
    locks: tuple[Block, ...] = ()


def plans_to_rate(actor: Actor) -> QuerySet[Plan]:
    """Every plan that was approved once and that the actor rates, each with its `kind` (an index of KINDS)."""
    rows = Plan.objects.visible_to(actor).exclude(owner_id=actor.user.pk)
    rows = rows.filter(approved__gt=0).exclude(state=Plan.State.DIPINDAHKAN)
    return rows.annotate(
        kind=Case(
            When(state=Plan.State.KEBERATAN, then=Value(0)),
            When(state=Plan.State.DINILAI, then=Value(3)),
            When(state=Plan.State.FINAL, then=Value(4)),
            When(_is_ready(actor.today()), then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
    )


def _is_ready(today: date) -> Q:
    """The same as the gate `execution_is_done`, as a condition; tests hold them together."""
    observed = Observation.objects.filter(plan=OuterRef("pk"), state=Observation.State.SELESAI)
    shown = Evidence.objects.filter(item=OuterRef("pk"), removed_at=None)
    bare = PlanItem.objects.filter(~Exists(shown), plan=OuterRef("pk"), active=True)
    required = [key for key in RulePack.objects.values_list("pk", flat=True) if pack_of(key).evidence.required]
    opened = Q(period__assess_opens__lte=today) | Q(until__lt=today)
    proven = Q(until__lt=today) | ~Q(pack_id__in=required) | ~Exists(bare)
    return Q(state=Plan.State.DISETUJUI) & opened & proven & Exists(observed)


def counts_of(rows: QuerySet[Plan]) -> dict[str, int]:
    """How many plans there are of each kind; one statement."""
    counted = rows.order_by().values("kind")  # type: ignore[misc]
    found = {one["kind"]: one["count"] for one in counted.annotate(count=Count("pk"))}
    return {name: found.get(number, 0) for number, name in enumerate(KINDS)}


def in_order(rows: QuerySet[Plan]) -> QuerySet[Plan]:
    """Objections first, within a kind the oldest period first."""
    return rows.select_related("owner", "period").order_by(F("kind"), "until", "owner__name", "pk")


def of_kind(rows: QuerySet[Plan], kind: str) -> QuerySet[Plan]:
    """The plans of one kind."""
    return rows.filter(kind=KINDS.index(kind))  # type: ignore[misc]


def lines_of(actor: Actor, plans: list[Plan]) -> list[Line]:
    """The plans of one page with what locks them, at the same few statements for any number."""
    locked = [plan for plan in plans if KINDS[plan.kind] == "terkunci"]  # type: ignore[attr-defined]
    done = done_of(locked) if locked else {}
    lines = []
    for plan in plans:
        kind, found = KINDS[plan.kind], []  # type: ignore[attr-defined]
        if plan.pk in done:
            running = plan.state == Plan.State.DISETUJUI
            found = list(rate_blocks(plan, done[plan.pk], actor.today())) if running else blocks("rate", plan, actor)
        lines.append(Line(plan, kind, tuple(found)))
    return lines
