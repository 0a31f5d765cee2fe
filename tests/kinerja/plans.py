"""Plans in every state, made by the services as the people who would."""

from datetime import date

from django.utils import timezone

from coordination.actors.models import User
from kinerja.models import Assessment, Level, Observation, Period, Plan, Rating, belongs
from kinerja.services.decisions import approve_plan
from kinerja.services.plans import begin_plan, submit_plan, write_section
from tests.cast import Cast

TODAY = date(2026, 11, 21)
NOW = "2026-2"
NEXT = "2027-1"

ITEMS = {"1": 2, "5": 4}
"""Two trainings (16 points) and four sharings (16 points): 32 in all."""


def contents(plan: Plan, items: dict | None = None, **more) -> dict[str, dict]:
    """A complete draft."""
    values = {
        value.code: {"behaviours": [value.behaviours[0]], "how": "Setiap hari di kelas."} for value in plan.rules.values
    }
    return {
        "praktik": {"indicator": plan.rules.indicators[0].code},
        "kompetensi": {"items": items or ITEMS, "under_reason": ""},
        "tambahan": {"items": {"31": {"sk_number": "SK-1/2026", "sk_date": "2026-07-10", "report": "semester"}}},
        "perilaku": {"values": values},
        **more,
    }


def period(code: str = NOW) -> Period:
    return Period.objects.get(code=code)


def drafted(cast: Cast, owner: str = "guru", code: str = NOW, **sections) -> Plan:
    """A complete draft of one of the cast."""
    with cast.actor(owner).entered() as actor:
        plan = begin_plan(actor=actor, period=period(code))
        for section, content in contents(plan, **sections).items():
            write_section(actor=actor, plan=plan, code=section, content=content, version=0)
    return plan


def submitted(cast: Cast, owner: str = "guru", code: str = NOW, **sections) -> Plan:
    plan = drafted(cast, owner, code, **sections)
    with cast.actor(owner).entered() as actor:
        submit_plan(actor=actor, plan=plan)
    plan.refresh_from_db()
    return plan


def approved(cast: Cast, owner: str = "guru", by: str = "kepsek", code: str = NOW, **sections) -> Plan:
    plan = submitted(cast, owner, code, **sections)
    with cast.actor(by).entered() as actor:
        approve_plan(actor=actor, plan=plan, number=1, accept_under=True)
    plan.refresh_from_db()
    return plan


def rated(cast: Cast, owner: str = "guru", by: str = "kepsek", state: str = "final", **sections) -> Plan:
    """A plan that was rated Baik, put there directly: how one gets there is tested elsewhere."""
    plan = approved(cast, owner, by, **sections)
    now, rater = timezone.now(), User.objects.get(username=by)
    Observation.objects.update_or_create(
        plan=plan, defaults={**belongs(plan), "state": "selesai", "held_on": TODAY, "observed_on": TODAY}
    )
    assessment = Assessment.objects.create(
        **belongs(plan), hasil="sesuai", perilaku="sesuai", predicate="baik", rated_at=now, rated_by=rater
    )
    subjects = ["praktik", *(f"rhk:{one.number}" for one in plan.planitems.all())]
    subjects += [f"nilai:{value.code}" for value in plan.rules.values]
    Rating.objects.bulk_create(
        Rating(**belongs(plan), assessment=assessment, subject=subject, level=Level.SESUAI, reason="Sesuai rencana.")
        for subject in subjects
    )
    final = now if state == "final" else None
    Plan.objects.filter(pk=plan.pk).update(state=state, predicate="baik", rated_at=now, final_at=final)
    plan.refresh_from_db()
    return plan
