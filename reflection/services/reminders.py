from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as noop

from coordination.actors.models import Role
from coordination.actors.zones import zone_label
from coordination.notices.audience import Audience
from coordination.notices.calendar import WorkCalendar
from coordination.notices.models import Reminder
from coordination.notices.reminding import Matter, Timed
from coordination.notices.selectors import reaches_anybody
from coordination.notices.services import notify
from coordination.notices.services.reminding import remind

from ..models import Collaborator, Obligation
from ..reminders import BY_CODE, KEPT, To, timeline

AHEAD = timedelta(days=1)
SPAN = timedelta(days=120)
BODY = noop(
    "Laporan refleksi ini memuat enam komponen, masing-masing lima prioritas. "
    "Pengingat berhenti sendiri begitu laporan terkirim."
)
SUMMARY = noop("%(count)s UPT (%(zones)s) belum mengirim laporan %(cycle)s")
SUMMARY_BODY = noop("Masa tenggang sudah habis. Belum mengirim: %(names)s.")


def remind_of_reports(*, now: datetime | None = None) -> list[Reminder]:
    """Remind those who owe a report and have not sent it (RF-9); twice changes nothing.

    The portal's own work: call it in the system's scope. `now` defaults to this moment.
    """
    now = now or timezone.now()
    owed = list(_waiting(now))
    calendar = WorkCalendar.load((now - SPAN).date(), (now + SPAN).date())
    late: dict[tuple[int, datetime], list[Obligation]] = defaultdict(list)
    decided = remind(matters=[_matter(one, calendar, late) for one in owed], now=now)
    for (_cycle, moment), rows in late.items():
        _tell_pusat(rows, moment)
    return decided


def _waiting(now: datetime):
    day = now.date()
    rows = Obligation.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        submitted_at=None,
        organisation__active=True,
        cycle__opens_on__lte=day + AHEAD,
        due_on__gte=day - KEPT - SPAN,
    )
    registered = Collaborator.objects.exclude(user=None)
    return (
        rows.select_related("cycle", "organisation__wilayah", "report")
        .prefetch_related(Prefetch("report__collaborators", queryset=registered))
        .order_by("id")
    )


def _matter(owed: Obligation, calendar: WorkCalendar, late: dict) -> Matter:
    def tell(timed: Timed, expires_at: datetime) -> bool:
        if BY_CODE[timed.step].pusat:
            late[owed.cycle_id, timed.at].append(owed)
        return _tell(owed, timed, expires_at)

    about = f"{owed.cycle} – {owed.organisation}"
    return Matter(f"report:{owed.pk}", owed.path, about, timeline(owed, calendar), tell)


def _tell(owed: Obligation, timed: Timed, expires_at: datetime) -> bool:
    step = BY_CODE[timed.step]
    to = [Audience(roles=step.to.value, organisation=owed.organisation_id)]
    if people := _writers(owed):
        to.append(Audience(users=people))
    if not reaches_anybody(to=to):
        # An office without a coordinator must not miss its deadline for that: its head hears instead.
        to = [Audience(roles=To.HEAD.value, organisation=owed.organisation_id)]
    notify(
        actor=None,
        kind=step.kind,
        period=f"report:{owed.pk}:{step.code}:{timed.anchor_on}",
        to=to,
        subject=step.subject,
        body=BODY,
        context={"cycle": owed.cycle.name, "upt": str(owed.organisation), "due": owed.due_on},
        url=reverse("reflection:report", args=[owed.pk]) if hasattr(owed, "report") else reverse("reflection:reports"),
        expires_at=expires_at,
        hint=False,
    )
    return reaches_anybody(to=to)


def _writers(owed: Obligation) -> tuple[int, ...]:
    """The report's PJ and collaborators, once the UPT has begun it (RF-7)."""
    report = getattr(owed, "report", None)
    if report is None:
        return ()
    return (report.pj_id, *(one.user_id for one in report.collaborators.all() if one.user_id))


def _tell_pusat(rows: list[Obligation], moment: datetime) -> None:
    """One notice of all UPT that are missing, not one for each."""
    cycle = rows[0].cycle
    notify(
        actor=None,
        kind="report_missing",
        period=f"missing:{cycle.pk}:{moment.timestamp():.0f}",
        to=Audience(roles=(Role.PUSAT_ADMIN,)),
        subject=SUMMARY,
        body=SUMMARY_BODY,
        context={
            "count": len(rows),
            "cycle": cycle.name,
            # The moment came hours apart from zone to zone: without it these numbers would seem to contradict.
            "zones": ", ".join(sorted({zone_label(one.organisation.time_zone) for one in rows})),
            "names": ", ".join(sorted(str(one.organisation) for one in rows)),
        },
        url=reverse("reflection:recap"),
        hint=False,
    )
