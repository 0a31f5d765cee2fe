"""People who move in the middle of a period: what was approved is split, what was not goes along (PK-2).

The part at the old school stays there and is assessed there; the part at the new one begins as a draft with the
same content. The months of both add up to the period (`rules.credit.months_between`). The rules stand in
docs/decisions/020-plt-and-moves.md.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.actors.actor import AT_SCHOOL, Actor, system
from coordination.actors.errors import Refusal
from coordination.actors.models import School
from coordination.actors.schools.kinds import jenjang_of
from coordination.actors.zones import day_words

from ..models import Plan, PlanVersion, Section, SectionCode, belongs
from ..rules.content import clean
from ..selectors.drafts import contents_of
from ..selectors.posts import Post, last_day_at, next_post, own_posts, owners_who_left, posts_of
from .decisions import keep_approved
from .lifecycle import advance, locked, record_event
from .news_decision import tell_moved

DAY = timedelta(days=1)


def settle_moves(today: date | None = None) -> int:
    """Settle everybody who has left a school, each in a transaction of their own; returns how many plans changed.

    The portal's own work; safe to run twice and at once.
    """
    day = today or timezone.localdate()
    with system():
        owners = owners_who_left(day)
    settled = 0
    for owner in owners:
        with system():
            settled += _settle(owner, posts_of(owner), day)
    return settled


def settle_moves_of(actor: Actor) -> int:
    """Settle the actor's own plans where the school they act at goes on with them; returns how many changed.

    Call it when the person opens their plans. What goes on at another school waits until they act there, or for
    the daily run.
    """
    if actor.acting is None or actor.role not in AT_SCHOOL:
        return 0
    open_plans = Plan.objects.filter(owner=actor.user, state__in=Plan.OPEN, period__assess_due__gte=actor.today())
    schools = set(open_plans.values_list("school_id", flat=True))
    if schools <= {one.school_id for one in actor.memberships}:
        return 0
    with transaction.atomic():
        return _settle(actor.user.pk, own_posts(), actor.today(), only=actor.acting.school_id)


def _settle(owner_id: int, posts: list[Post], today: date, only: int | None = None) -> int:
    """Newest first, so that of two moves the later one is settled before the earlier one looks for its end."""
    plans = Plan.objects.filter(owner_id=owner_id, state__in=Plan.OPEN, period__assess_due__gte=today)
    return sum(_settle_plan(plan, posts, today, only) for plan in plans.order_by("-starts", "-pk"))


def _settle_plan(plan: Plan, posts: list[Post], today: date, only: int | None) -> bool:
    last = last_day_at(plan, posts, today)
    if last is None:
        return False
    held = locked(plan)
    post = next_post(held, posts, today)
    first = max(post.starts, last + DAY, held.period.starts) if post else None
    if first is None or first > held.period.ends:
        post = None
    if held.state not in Plan.OPEN or last >= held.period.ends or (post and only and post.school_id != only):
        return False
    there = _plan_at(held, post) if post else None
    if there is not None and first is not None and there.until < first:
        # Back at a school whose part of this period is closed: it stays closed, so no month is counted twice.
        post = there = None
    if held.until <= last and (post is None or there is not None):
        return False
    if held.approved and held.starts <= last:
        contents = _split(held, last)
    elif post is not None:
        contents = _leave(held, last)
    elif held.starts <= last:
        contents = _end(held, last)
    else:
        return False
    new = _continue(held, there, post, first, contents) if post and first else None
    tell_moved(old=held, new=new)
    return True


def _split(plan: Plan, last: date) -> dict[str, dict]:
    """An approved plan ends with the role and stays to be assessed; a pending change is dropped, not erased."""
    reason = _("Tidak lagi bertugas di %(school)s sejak %(day)s.") % {
        "school": plan.school_name, "day": day_words(last + DAY),
    }  # fmt: skip
    if plan.state == Plan.State.DIAJUKAN:
        advance(actor=None, plan=plan, verb="withdraw_change", reason=reason)
    if plan.state in (Plan.State.PERUBAHAN, Plan.State.DIKEMBALIKAN):
        keep_approved(actor=None, plan=plan, reason=reason)
    _end(plan, last, reason)
    return PlanVersion.objects.get(plan=plan, number=plan.approved).content


def _end(plan: Plan, last: date, reason: str = "") -> dict[str, dict]:
    if plan.until > last:
        plan.until = last
        plan.save(update_fields=["until"])
        record_event(actor=None, plan=plan, verb="split", reason=reason)
    return contents_of(plan)


def _leave(plan: Plan, last: date) -> dict[str, dict]:
    """A plan that was not approved, or has not begun, goes along as a whole."""
    reason = _("Pindah dari %(school)s sebelum rencana berjalan di sana.") % {"school": plan.school_name}
    contents = contents_of(plan)
    values = {"until": last} if plan.starts <= last < plan.until else {}
    advance(actor=None, plan=plan, verb="move", reason=reason, values=values)
    return contents


def _plan_at(plan: Plan, post: Post) -> Plan | None:
    """The plan of the same period that the person has at the other school already."""
    same = Plan.objects.filter(
        owner_id=plan.owner_id, period_id=plan.period_id, school_id=post.school_id, of_principal=plan.of_principal
    )
    return same.exclude(state=Plan.State.DIPINDAHKAN).first()


def _continue(plan: Plan, there: Plan | None, post: Post, first: date, contents: dict[str, dict]) -> Plan:
    """The plan at the new school, with the content as a draft; one begun there already keeps its own words."""
    if there is not None:
        if there.starts < first and there.state in Plan.OPEN:
            there.starts = first
            there.save(update_fields=["starts"])
        return there
    school = School.objects.get(pk=post.school_id)
    new = Plan.objects.create(
        path=school.path,
        owner_id=plan.owner_id,
        of_principal=plan.of_principal,
        school=school,
        school_name=school.name,
        npsn=school.npsn,
        jenjang=jenjang_of(school.bentuk),
        period=plan.period,
        pack_id=plan.pack_id,
        starts=first,
        until=plan.period.ends,
        nip=plan.nip,
        position=plan.position,
        open_sections=list(SectionCode.values),
    )
    Section.objects.bulk_create(
        Section(**belongs(new), code=code, content=_fitting(new, code, content)) for code, content in contents.items()
    )
    record_event(actor=None, plan=new, verb="arrive", reason=_("Dari %(school)s.") % {"school": plan.school_name})
    return new


def _fitting(plan: Plan, code: str, content: dict) -> dict:
    """What the new school's jenjang offers of a section; the rest stays in the old plan."""
    if code == SectionCode.TAMBAHAN:
        offered = {str(one.number) for one in plan.rules.offered_to(plan.jenjang)}
        content = {"items": {number: one for number, one in content.get("items", {}).items() if number in offered}}
    try:
        return clean(plan.rules, plan.jenjang, code, content)
    except Refusal:
        return {}
