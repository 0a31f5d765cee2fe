"""Plans that are ready to be rated, and ratings as a principal would write them."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from coordination.actors.actor import Acting, system
from kinerja.models import Assessment, Evidence, Observation, Plan, PlanItem, belongs
from kinerja.services.assessments import Given

from .plans import approved

RATED_ON = date(2026, 12, 10)
LAST_DAY = date(2026, 12, 17)


@contextmanager
def on(day: date):
    """For everybody, and for the clock, it is nine in the morning (WIB) of a day."""
    now = datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Acting, "today", lambda acting: day)
        patch.setattr(timezone, "now", lambda: now)
        yield


def observe(plan: Plan, state: str = "selesai") -> Observation:
    held = {"held_on": plan.starts + timedelta(days=60), "observed_on": plan.starts + timedelta(days=60)}
    words = {"preparation": "Fokus pada diskusi.", "follow_up": "Perluas peran murid.", "reflection": "Saya belajar."}
    return Observation.objects.create(**belongs(plan), state=state, **held, **words)


def prove(plan: Plan, *, but: tuple[int, ...] = ()) -> None:
    """A link as evidence of each RHK."""
    for item in PlanItem.objects.filter(plan=plan, active=True).exclude(number__in=but):
        Evidence.objects.create(
            **belongs(plan), item=item, kind="tautan", title=f"Bukti RHK {item.number}", done_on=plan.starts,
            link="https://contoh.id/bukti", added_by_id=plan.owner_id,
        )  # fmt: skip


def ready(cast, owner: str = "guru", by: str = "kepsek", **sections) -> Plan:
    """An approved plan that was carried out."""
    plan = approved(cast, owner, by, **sections)
    observe(plan)
    prove(plan)
    return plan


def codes_of(plan: Plan) -> list[str]:
    """The subjects of a plan."""
    items = PlanItem.objects.filter(plan=plan, active=True)
    values = [f"nilai:{one.code}" for one in plan.rules.values]
    return ["praktik", *(f"rhk:{one.number}" for one in items), *values]


def marks(plan: Plan, level: str = "sesuai", reason: str = "Terlihat di kelas.") -> dict[str, dict[str, str]]:
    """The same rating for everything in a plan."""
    return {code: {"level": level, "reason": reason} for code in codes_of(plan)}


def given(plan: Plan, hasil: str = "sesuai", perilaku: str = "sesuai", **more) -> Given:
    return Given(marks(plan, **more), hasil, perilaku, "Pertahankan.")


def posted(plan: Plan, hasil: str = "sesuai", perilaku: str = "sesuai", *, version: int = 0, **more) -> dict:
    """The same as a page's form sends it."""
    fields = {"hasil": hasil, "perilaku": perilaku, "note": "Pertahankan.", "version": version, "token": str(uuid4())}
    for code, mark in marks(plan, **more).items():
        name = code.replace(":", "_")
        fields |= {f"level_{name}": mark["level"], f"reason_{name}": mark["reason"]}
    return fields


def assessment_of(plan: Plan) -> Assessment:
    return Assessment.objects.get(plan=plan)


def reread(plan: Plan) -> Plan:
    return Plan.objects.select_related("period", "owner").get(pk=plan.pk)


def run_task() -> list[int]:
    """What the portal's task does each minute."""
    from kinerja.services.assessments import finish_overdue

    with system():
        return finish_overdue()
