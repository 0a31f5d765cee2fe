"""What a rating would bring: predicate, angka kredit and the year with it; nothing is stored (PK-11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal

from ..models import Assessment, Plan, RulePack
from ..rules.credit import Credit, credit_for, months_between
from ..rules.pack import Pack, Predicate
from .credits import Year, year_of
from .packs import pack_of


@dataclass(frozen=True, slots=True)
class Start:
    """What the simulator begins with: the rules, the plan it is about (or none), and the first values."""

    pack: Pack
    plan: Plan | None
    initial: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Simulated:
    """The outcome: `year` holds what is final so far, `total` is the year with the simulated part."""

    predicate: Predicate
    credit: Credit
    year: Year
    so_far: Decimal

    @property
    def total(self) -> Decimal:
        return self.so_far + self.credit.value


def simulation_start(actor: Actor, plans: Iterable[Plan], chosen: str) -> Start:
    """Begin from the chosen plan, or freely with the rules of the latest one (else those of new periods)."""
    known = list(plans)
    plan = next((one for one in known if str(one.pk) == chosen), None)
    latest = plan or (known[-1] if known else None)
    pack = latest.rules if latest else _current()
    initial: dict[str, Any] = {"hasil": "sesuai", "perilaku": "sesuai", "bulan": pack.months, "rencana": ""}
    initial["jabatan"] = latest.position if latest and latest.position else next(iter(pack.positions), "")
    if plan is not None:
        initial |= {"rencana": str(plan.pk), "bulan": months_between(plan.starts, plan.until)}
        initial |= _levels(actor, plan)
    return Start(pack, plan, initial)


def simulate(actor: Actor, start: Start, *, hasil: str, perilaku: str, position: str, months: int) -> Simulated:
    """Reckon what such a rating would bring, beside what is final in the year."""
    predicate = start.pack.predicate_for(hasil, perilaku)
    credit = credit_for(start.pack, position=position, predicate=predicate.code, months=months)
    year = year_of(actor, start.plan.starts.year if start.plan else actor.today().year)
    # The simulated part takes the place of what is final of the same plan.
    others = (one for one in year.rows if start.plan is None or one.plan.pk != start.plan.pk)
    so_far = sum((one.credit.value for one in others if one.credit), Decimal("0.00"))
    return Simulated(predicate, credit, year, so_far)


def _levels(actor: Actor, plan: Plan) -> dict[str, str]:
    """The two overall levels of the plan, when they have been given."""
    rows = Assessment.objects.visible_to(actor).filter(plan_id=plan.pk, rated_at__isnull=False)
    found = rows.values("hasil", "perilaku").first()
    return dict(found) if found else {}


def _current() -> Pack:
    key = RulePack.objects.filter(current=True).values_list("pk", flat=True).first()
    if key is None:
        raise Refusal(_("Belum ada paket aturan."), mend=_("Admin Pusat memilih paket aturan."))
    return pack_of(key)
