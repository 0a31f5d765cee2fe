"""Angka kredit of a year from final plans, and what is still missing for it (PK-11)."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor

from ..models import Plan
from ..rules.credit import Credit, credit_for, months_between


@dataclass(frozen=True, slots=True)
class CreditRow:
    """One plan of the year: its months and, when it is final and its jenjang jabatan is known, its credit."""

    plan: Plan
    months: int
    credit: Credit | None = None
    missing: str = ""
    mend: str = ""
    url: str = ""

    @property
    def position(self) -> str:
        return self.plan.rules.positions.get(self.plan.position, "")

    @property
    def predicate(self) -> str:
        return self.plan.rules.predicate(self.plan.predicate).name if self.plan.predicate else ""

    @property
    def formula(self) -> str:
        """How it was reckoned: "12,5 × 150% × 6/12"."""
        if self.credit is None:
            return ""
        coefficient = f"{self.credit.coefficient:f}".replace(".", ",")
        return f"{coefficient} × {self.credit.percent}% × {self.months}/12"


@dataclass(frozen=True, slots=True)
class Year:
    """All plans of a person in a year, oldest first."""

    year: int
    rows: tuple[CreditRow, ...]

    @property
    def total(self) -> Decimal:
        return sum((one.credit.value for one in self.rows if one.credit), Decimal("0.00"))

    @property
    def months(self) -> int:
        """The months that are reckoned."""
        return sum(one.months for one in self.rows if one.credit)

    @property
    def positions(self) -> tuple[str, ...]:
        """The jenjang jabatan in their order; more than one when it changed within the year."""
        return tuple(dict.fromkeys(one.position for one in self.rows if one.position))

    @property
    def is_split(self) -> bool:
        return any(one.plan.is_partial() for one in self.rows)


def own_plans(actor: Actor):
    """The actor's own plans, wherever they were."""
    rows = Plan.objects.visible_to(actor).filter(owner_id=actor.user.pk)
    return rows.exclude(state=Plan.State.DIPINDAHKAN).select_related("period").order_by("starts", "pk")


def year_of(actor: Actor, year: int) -> Year:
    """The actor's plans whose part begins in a year."""
    return Year(year, tuple(_row(plan) for plan in own_plans(actor).filter(starts__year=year)))


def _row(plan: Plan) -> CreditRow:
    months = months_between(plan.starts, plan.until)
    if plan.state != Plan.State.FINAL:
        return CreditRow(
            plan,
            months,
            missing=_("Penilaiannya belum selesai (%(state)s).") % {"state": plan.get_state_display()},
            mend=_mend(plan),
            url=reverse("kinerja:result", args=[plan.pk]),
        )
    if plan.position not in plan.rules.coefficients:
        return CreditRow(
            plan,
            months,
            missing=_("Jenjang jabatan belum diisi."),
            mend=_("Anda mengisinya di data pegawai rencana itu."),
            url=reverse("kinerja:employee", args=[plan.pk]),
        )
    credit = credit_for(plan.rules, position=plan.position, predicate=plan.predicate, months=months)
    return CreditRow(plan, months, credit)


def _mend(plan: Plan) -> str:
    if plan.state == Plan.State.DINILAI:
        return _("Anda menerima penilaiannya, atau tunggu masa keberatan berakhir.")
    if plan.approved:
        return _("%(who)s menilai atau menjawabnya.") % {"who": capfirst(plan.decider_label)}
    return _("Ajukan rencana itu lebih dulu.")
