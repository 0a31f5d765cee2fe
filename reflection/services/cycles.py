from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import dates, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal
from coordination.actors.models import Organisation, Wilayah
from coordination.actors.tenancy.scope import because

from ..models import Circular, Cycle, CycleRule, Obligation
from ..policies import CircularPolicy, CyclePolicy
from .news import tell_extended

YEARS_AHEAD = 5
"""How far Pusat may have cycles made: a slip in the year would owe every UPT hundreds of reports."""
MAKE_OBLIGATIONS = """
    INSERT INTO reflection_obligation (path, cycle_id, organisation_id, due_on, closes_at)
    SELECT o.path, c.id, o.id, c.due_on,
           (c.due_on + c.grace_days + 1)::timestamp AT TIME ZONE coalesce(w.time_zone, 'Asia/Jakarta')
    FROM reflection_cycle c
    JOIN actors_organisation o ON o.kind = 'upt' AND o.active AND o.unit = ANY(c.units)
    LEFT JOIN actors_wilayah w ON w.code = o.wilayah_id
    WHERE c.due_on >= %s
    ON CONFLICT (cycle_id, organisation_id) DO NOTHING
"""
MOVE_OBLIGATIONS = """
    UPDATE reflection_obligation b
    SET due_on = r.new_due_on, circular_id = r.id,
        closes_at = (r.new_due_on + c.grace_days + 1)::timestamp AT TIME ZONE coalesce(w.time_zone, 'Asia/Jakarta')
    FROM reflection_circular r
    JOIN reflection_cycle c ON c.id = r.cycle_id, actors_organisation o
    LEFT JOIN actors_wilayah w ON w.code = o.wilayah_id
    WHERE b.cycle_id = r.cycle_id AND o.id = b.organisation_id AND r.cycle_id = %s AND b.due_on < r.new_due_on
      AND r.new_due_on = (SELECT max(x.new_due_on) FROM reflection_circular x WHERE x.cycle_id = r.cycle_id AND {x})
      AND {r}
"""
IN_REACH = """(
    {0}.reach = 'semua'
    OR ({0}.reach = 'kantor' AND EXISTS (
        SELECT 1 FROM reflection_circular_offices f WHERE f.circular_id = {0}.id AND f.organisation_id = o.id))
    OR ({0}.reach = 'provinsi' AND EXISTS (
        SELECT 1 FROM reflection_circular_provinces p JOIN actors_organisation_serves s ON s.wilayah_id = p.wilayah_id
        WHERE p.circular_id = {0}.id AND s.organisation_id = o.id))
)"""
MOVE_OBLIGATIONS = MOVE_OBLIGATIONS.format(x=IN_REACH.format("x"), r=IN_REACH.format("r"))


def generate_cycles(*, until: date, since: date | None = None, today: date | None = None) -> list[Cycle]:
    """Make the cycles up to a day, and what each UPT owes in those that are not yet due; twice changes nothing.

    The portal's own work (run it in the system's scope) and Pusat's. The first cycle ever is the one `since`
    (default: today) lies in. Returns the new cycles; raises Refusal when no rule is in force.
    """
    today = today or timezone.localdate()
    made = []
    with transaction.atomic():
        # Two ticks at once would make the same cycle twice and one of them fail.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(732018)")
        last = Cycle.objects.order_by("starts").last()
        begins = last.ends + timedelta(days=1) if last else None
        while begins is None or begins <= until:
            rule = CycleRule.objects.filter(valid_from__lte=begins or since or today).last()
            if rule is None:
                raise Refusal(_("Belum ada aturan siklus yang berlaku."), mend=_("Admin Pusat menambah aturan siklus."))
            cycle = _new_cycle(rule, begins or _aligned(since or today, rule.months))
            cycle.save()
            made.append(cycle)
            begins = cycle.ends + timedelta(days=1)
        _make_obligations(min([today, *(cycle.due_on for cycle in made)]))
    return made


def plan_cycles(*, actor: Actor, until: date) -> list[Cycle]:
    """Make the cycles up to a day at the wish of Pusat; raises NotAllowed, or Refusal when it is years away."""
    CyclePolicy.require(actor, "plan")
    furthest = date(actor.today().year + YEARS_AHEAD, 12, 31)
    if until > furthest:
        raise Refusal(
            _("Siklus tidak disiapkan sejauh itu."), mend=_("Paling jauh %(day)s.") % {"day": f"{furthest:%d-%m-%Y}"}
        )
    return generate_cycles(until=until, today=actor.today())


def set_rule(*, actor: Actor, rule: CycleRule) -> CycleRule:
    """Put a rule in force from the first day of a coming cycle and make the cycles after it anew.

    Raises NotAllowed, or Refusal as `check_rule_day` does.
    """
    CyclePolicy.require(actor, "plan")
    with transaction.atomic():
        check_rule_day(actor=actor, day=rule.valid_from)
        last = Cycle.objects.order_by("starts").last()
        later = Cycle.objects.filter(starts__gte=rule.valid_from)
        because(_("aturan siklus diubah"))
        Obligation.objects.filter(cycle__in=later).delete()
        later.delete()
        rule.save()
        if last:
            generate_cycles(until=last.ends, today=actor.today())
    return rule


def check_rule_day(*, actor: Actor, day: date) -> None:
    """Raise Refusal when a rule cannot begin on a day.

    It must be the first of a coming cycle, and no cycle from it on may have sessions, reports or circulars.
    """
    cycles = list(Cycle.objects.filter(ends__gte=actor.today()).order_by("starts"))
    days = [cycle.ends + timedelta(days=1) for cycle in cycles]
    if days and day not in days:
        raise Refusal(
            _("Aturan harus mulai pada hari pertama siklus yang akan datang."),
            mend=_("Pilihan terdekat: %(days)s.") % {"days": ", ".join(f"{one:%d-%m-%Y}" for one in days[:3])},
        )
    used = Q(sessions__isnull=False) | Q(reports__isnull=False) | Q(circulars__isnull=False)
    if Cycle.objects.filter(used, starts__gte=day).exists():
        raise Refusal(_("Siklus sesudah tanggal itu sudah dipakai."), mend=_("Pilih siklus sesudahnya."))


def extend_by_circular(
    *,
    actor: Actor,
    number: str,
    cycle: Cycle,
    new_due_on: date,
    reason: str,
    issued_on: date,
    reach: str = Circular.Reach.ALL,
    provinces: list[Wilayah] | None = None,
    offices: list[Organisation] | None = None,
) -> Circular:
    """Move the due day of a cycle for the UPT a circular speaks to (RF-10); a day only ever moves later.

    Raises NotAllowed, or Refusal when the new day is not later or nobody is named.
    """
    CircularPolicy.require(actor, "issue")
    if new_due_on <= cycle.due_on:
        raise Refusal(
            _("Batas baru harus sesudah batas siklus, %(due)s.") % {"due": f"{cycle.due_on:%d-%m-%Y}"},
            mend=_("Pilih tanggal sesudahnya."),
        )
    named = {Circular.Reach.PROVINCES: provinces, Circular.Reach.OFFICES: offices}.get(Circular.Reach(reach), [cycle])
    if not named:
        raise Refusal(_("Pilih provinsi atau kantor yang dituju surat edaran."))
    with transaction.atomic():
        because(number)
        circular = Circular.objects.create(
            number=number,
            cycle=cycle,
            reach=reach,
            new_due_on=new_due_on,
            reason=reason,
            issued_on=issued_on,
            issued_by=actor.user,
        )
        circular.provinces.set(provinces or [])
        circular.offices.set(offices or [])
        _apply_circulars(cycle.pk)
        tell_extended(actor=actor, circular=circular)
    return circular


def _new_cycle(rule: CycleRule, begins: date) -> Cycle:
    after = begins.month - 1 + rule.months
    ends = date(begins.year + after // 12, after % 12 + 1, 1) - timedelta(days=1)
    number = (begins.month - 1) // rule.months + 1
    before = Cycle.objects.filter(starts__year=begins.year, starts__lt=begins).order_by("starts").last()
    if before:
        # A rule that changes the length within a year must not give a number twice.
        number = max(number, int(before.code.partition("-")[2]) + 1)
    return Cycle(
        code=f"{begins.year}-{number}",
        name=_cycle_name(begins, ends),
        months=rule.months,
        starts=begins,
        ends=ends,
        opens_on=begins,
        due_on=ends + timedelta(days=rule.due_after_days),
        grace_days=rule.grace_days,
        units=rule.units,
    )


def _cycle_name(begins: date, ends: date) -> str:
    with override("id"):
        first, last = str(dates.MONTHS[begins.month]), str(dates.MONTHS[ends.month])
    if begins.month == ends.month:
        return f"{first} {begins.year}"
    if begins.year == ends.year:
        return f"{first}–{last} {begins.year}"
    return f"{first} {begins.year}–{last} {ends.year}"


def _aligned(day: date, months: int) -> date:
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _make_obligations(due_from: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MAKE_OBLIGATIONS, [due_from])
        made = cursor.rowcount
    if made:
        # An office that came later owes its report on the day the circulars have set meanwhile.
        for cycle_id in Circular.objects.filter(cycle__due_on__gte=due_from).values_list("cycle", flat=True).distinct():
            _apply_circulars(cycle_id)


def _apply_circulars(cycle_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MOVE_OBLIGATIONS, [cycle_id])
