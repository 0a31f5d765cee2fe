"""Plans of the test world; each stage of Kinerja adds its rows and parts in a file of its own."""

from datetime import date

from coordination.actors.schools.kinds import jenjang_of
from kinerja.models import Period, Plan, PlanEvent, PlanItem, PlanVersion, RulePack, Section, SectionCode, belongs
from kinerja.selectors.packs import pack_of

from .world import Site

TEACHERS = {"depok": "guru"}
PRINCIPALS = {"depok": "kepsek", "smk_depok": "kepsek_smk", "balikpapan": "kepsek_balikpapan"}
DECIDERS = {"depok": "dinas_depok dinas_depok_head", "smk_depok": "dinas_jabar", "balikpapan": "dinas_balikpapan"}
"""Who decides about the principals' own plans."""


def plans_at(at: Site, key: str, *, year: int, state: str) -> list[Plan]:
    """Plans in a year of their own, so that builders do not meet: `key` the guru's (in Depok only) and
    `<key>_ks` the principal's, in any state, with sections, a sent version, items and a canary each.

    `year` must be one no other builder uses; with at.serial nothing is made twice.
    """
    if not at.school or at.serial:
        return []
    found = []
    if teacher := TEACHERS.get(at.name):
        only = f"{teacher} {PRINCIPALS[at.name]}"
        found.append(_plan(at, key, teacher, year=year, state=state, only=only, of_principal=False))
    principal = PRINCIPALS[at.name]
    only = f"{principal} {DECIDERS[at.name]}"
    found.append(_plan(at, f"{key}_ks", principal, year=year, state=state, only=only, of_principal=True))
    return found


def period_of(year: int) -> Period:
    days = {"starts": date(year, 1, 1), "ends": date(year, 12, 31), "plan_opens": date(year, 1, 1)}
    days |= {"plan_due": date(year, 1, 31), "assess_opens": date(year, 12, 1), "assess_due": date(year, 12, 31)}
    pack = RulePack.objects.get(current=True)
    return Period.objects.get_or_create(code=str(year), defaults={"name": f"Tahun {year}", "pack": pack, **days})[0]


def _plan(at: Site, key: str, owner: str, *, year: int, state: str, only: str, of_principal: bool) -> Plan:
    period = period_of(year)
    pack = pack_of(period.pack_id)
    sent = state != "draf"
    ran = state in {"disetujui", "perubahan", "dinilai", "keberatan", "final"}
    user = at.person(owner)
    plan = Plan.objects.create(
        path=at.path,
        owner=user,
        of_principal=of_principal,
        school=at.school,
        school_name=at.school.name,
        npsn=at.school.npsn,
        jenjang=jenjang_of(at.school.bentuk),
        period=period,
        pack_id=period.pack_id,
        starts=period.starts,
        until=period.ends,
        state=state,
        open_sections=list(SectionCode.values),
        version=int(sent),
        approved=int(ran),
        points=32,
        indicator=pack.indicators[0].code if ran else "",
        predicate="baik" if state in {"dinilai", "keberatan", "final"} else "",
    )
    how = at.canary(f"{key}how", only=only if sent else owner)
    contents = {
        "praktik": {"indicator": pack.indicators[0].code},
        "kompetensi": {"items": {"1": 4}, "under_reason": ""},
        "tambahan": {"items": {}},
        "perilaku": {"values": {one.code: {"behaviours": [one.behaviours[0]], "how": how} for one in pack.values}},
    }
    Section.objects.bulk_create(
        Section(**belongs(plan), code=code, content=content) for code, content in contents.items()
    )
    at.give(f"{key}_section", plan.sections.first(), only=owner)
    if sent:
        version = PlanVersion.objects.create(
            **belongs(plan), number=1, content=contents, points=32, at=plan.started_at, by=user
        )
        at.give(f"{key}_version", version, only=only)
        PlanEvent.objects.create(**belongs(plan), verb="submit", number=1, at=plan.started_at, by=user)
    if ran:
        item = PlanItem.objects.create(**belongs(plan), number=1, quantity=4, points=32)
        at.give(f"{key}_item", item, only=only)
    return at.give(key, plan, only=only)
