"""The own plan on the home of a guru and of a principal."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coordination.actors.actor import Actor
from coordination.actors.home import Todo
from coordination.actors.zones import day_words

from ..models import Observation, Period, Plan
from ..policies.plans import EMPLOYEES
from ..selectors.assessments import finishes_after, today_at
from ..selectors.own import own_plans, periods_without_plan, place_of

State = Plan.State
Seen = Observation.State
EVIDENCE_AHEAD = timedelta(days=60)
"""Missing evidence stands on the home from so long before assessment opens."""
HUB = "kinerja:hub"
OBSERVATION = "kinerja:observation"
EVIDENCE = "kinerja:evidence"
RESULT = "kinerja:result"


def todos(actor: Actor) -> list[Todo]:
    """What the owner has to do now in each plan, and the plans that were never begun."""
    if actor.role not in EMPLOYEES:
        return []
    plans = list(own_plans(actor).prefetch_related("sections"))
    found = [todo for plan in plans for todo in _steps(plan, actor)]
    return [*found, *(_unbegun(period, actor.today()) for period in periods_without_plan(actor.today(), plans))]


def waiting(actor: Actor) -> list[Todo]:
    """Plans that lie with whoever decides, and since when."""
    if actor.role not in EMPLOYEES:
        return []
    return [_waits(plan, actor) for plan in own_plans(actor).filter(state__in=(State.DIAJUKAN, State.KEBERATAN))]


def _steps(plan: Plan, actor: Actor) -> Iterator[Todo]:
    if plan.state in plan.WRITABLE:
        yield _writing(plan, actor.today())
    if plan.is_running:
        yield from _observation(plan, actor)
        yield from _evidence(plan, actor.today())
    if plan.state == State.DINILAI and plan.responded_at is None:  # type: ignore[attr-defined]
        yield from _response(plan)


def _writing(plan: Plan, today: date) -> Todo:
    period, url, due = plan.period, reverse(HUB, args=[plan.pk]), plan.period.plan_due
    if plan.state == State.DIKEMBALIKAN:
        title = _("Perbaiki rencana %(period)s: ada catatan") % {"period": period.name}
        return Todo(title, url, due=due, late=today > due, status=_("Dikembalikan"), tone="warn")
    if plan.state == State.PERUBAHAN:
        title = _("Ajukan perubahan rencana %(period)s") % {"period": period.name}
        return Todo(title, url, status=_("Sedang diubah"))
    place = place_of(plan)
    words = {"period": period.name, "number": place.number, "total": place.total}
    title = _("Lanjutkan rencana %(period)s: bagian %(number)d dari %(total)d") % words
    return Todo(title, url, due=due, late=today > due, status=_("Draf"))


def _unbegun(period: Period, today: date) -> Todo:
    title = _("Buat rencana %(period)s") % {"period": period.name}
    late = today > period.plan_due
    return Todo(title, reverse("kinerja:mine"), due=period.plan_due, late=late, status=_("Belum dibuat"), tone="warn")


def _observation(plan: Plan, actor: Actor) -> Iterator[Todo]:
    state = plan.observation_state or Seen.BELUM  # type: ignore[attr-defined]
    asked = state == Seen.DIUSULKAN and plan.proposed_by != actor.user.pk  # type: ignore[attr-defined]
    titles = {
        Seen.BELUM: _("Usulkan tanggal observasi %(period)s"),
        Seen.DITINDAKLANJUTI: _("Catat upaya perbaikan setelah observasi %(period)s"),
        Seen.DIPERBAIKI: _("Tulis refleksi observasi %(period)s"),
    }
    title = _("Jawab usulan tanggal observasi %(period)s") if asked else titles.get(state)
    if title:
        url = reverse(OBSERVATION, args=[plan.pk])
        yield Todo(title % {"period": plan.period.name}, url, due=plan.until, status=_("Observasi"))


def _evidence(plan: Plan, today: date) -> Iterator[Todo]:
    count, due = plan.bare, plan.period.assess_opens  # type: ignore[attr-defined]
    if not count or not plan.rules.evidence.required or today < due - EVIDENCE_AHEAD:
        return
    title = ngettext(
        "Lengkapi bukti %(period)s: %(count)d RHK belum ada buktinya",
        "Lengkapi bukti %(period)s: %(count)d RHK belum ada buktinya",
        count,
    ) % {"period": plan.period.name, "count": count}
    yield Todo(title, reverse(EVIDENCE, args=[plan.pk]), due=due, late=today > due, status=_("Bukti"), tone="warn")


def _response(plan: Plan) -> Iterator[Todo]:
    until = finishes_after(plan)
    if until is not None and today_at(plan.path) <= until:
        title = _("Tanggapi penilaian %(period)s") % {"period": plan.period.name}
        yield Todo(title, reverse(RESULT, args=[plan.pk]), due=until, status=_("Dinilai"))


def _waits(plan: Plan, actor: Actor) -> Todo:
    who = _("Dinas") if plan.of_principal else _("kepala sekolah")
    words = {"period": plan.period.name, "who": who}
    if plan.state == State.KEBERATAN:
        title = _("Keberatan atas penilaian %(period)s di %(who)s") % words
        return Todo(title, reverse(RESULT, args=[plan.pk]), status=_("Menunggu jawaban"))
    since = day_words(_day(plan.submitted_at, actor))
    title = _("Rencana %(period)s di %(who)s sejak %(since)s") % {**words, "since": since}
    return Todo(title, reverse(HUB, args=[plan.pk]), status=_("Menunggu putusan"))


def _day(moment: datetime | None, actor: Actor) -> date:
    return moment.astimezone(actor.acting.zone).date() if moment else actor.today()
