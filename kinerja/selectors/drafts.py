"""A plan's draft and what was sent of it."""

from ..models import Plan, PlanVersion, Section, SectionCode
from ..rules.content import Gap, gaps


def draft_of(plan: Plan) -> dict[str, Section]:
    """The four sections by code; what was never opened is not saved yet."""
    found = {one.code: one for one in Section.objects.filter(plan_id=plan.pk)}
    blank = {code: Section(plan=plan, code=code, content={}, version=0) for code in SectionCode.values}
    return {**blank, **found}


def contents_of(plan: Plan) -> dict[str, dict]:
    """The draft's contents by section."""
    return {code: section.content for code, section in draft_of(plan).items()}


def gaps_of(plan: Plan) -> list[Gap]:
    """What keeps the draft from being submitted."""
    return gaps(plan.rules, plan.jenjang, contents_of(plan))


def version_of(plan: Plan, number: int) -> PlanVersion | None:
    """One sent version, or None."""
    return PlanVersion.objects.filter(plan_id=plan.pk, number=number).first()
