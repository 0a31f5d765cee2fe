"""The reminders of follow-up plans (RF-5): to the community's penggerak, then one summary to the UPT."""

from collections import defaultdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as noop

from coordination.actors.models import Role
from coordination.notices.audience import Audience
from coordination.notices.calendar import WorkCalendar
from coordination.notices.models import Reminder
from coordination.notices.reminding import Matter, Timed, morning
from coordination.notices.services import notify
from coordination.notices.services.reminding import remind

from ..models import Rtl

AHEAD = timedelta(days=14)
KEPT = timedelta(days=30)
SUBJECTS = {
    "rtl_3": noop("RTL %(name)s ditunggu paling lambat %(due)s"),
    "rtl_late_1": noop("RTL %(name)s terlambat: batasnya %(due)s"),
}
SUMMARY = noop("%(count)s RTL dari sesi %(title)s belum masuk, batasnya %(due)s")


def remind_of_rtl(*, now: datetime | None = None) -> list[Reminder]:
    """Remind of plans that have not been sent: 3 days before and 1 day after, the UPT 3 days after.

    The portal's own work: call it in the system's scope. Twice changes nothing.
    """
    now = now or timezone.now()
    rows = list(_waiting(now))
    calendar = WorkCalendar.load((now - KEPT).date(), (now + KEPT).date())
    sessions: dict[int, list[Rtl]] = defaultdict(list)
    for row in rows:
        sessions[row.undangan.session_id].append(row)
    matters = [_plan(row, calendar) for row in rows]
    matters += [_summary(found, calendar) for found in sessions.values()]
    return remind(matters=matters, now=now)


def _waiting(now: datetime) -> QuerySet[Rtl]:
    rows = Rtl.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=Rtl.State.DRAF, due_on__gt=now.date() - KEPT, due_on__lte=now.date() + AHEAD
    )
    return rows.select_related("undangan__kombel").order_by("id")


def _plan(rtl: Rtl, calendar: WorkCalendar) -> Matter:
    letter = rtl.undangan
    zone = ZoneInfo(letter.time_zone)
    provinsi = rtl.path[:2]
    before = calendar.last_until(rtl.due_on - timedelta(days=3), provinsi)
    after = calendar.first_from(rtl.due_on + timedelta(days=1), provinsi)
    ends = morning(rtl.due_on + timedelta(days=1), zone)
    steps = [
        Timed("rtl_3", rtl.due_on, morning(before, zone), ends),
        Timed("rtl_late_1", rtl.due_on, morning(after, zone), morning(after, zone) + KEPT),
    ]

    def tell(timed: Timed, expires_at: datetime) -> bool:
        if not letter.kombel.leader_ids:
            return False
        notify(
            actor=None,
            kind="rtl_reminder",
            period=f"rtl:{rtl.pk}:{timed.step}:{timed.anchor_on}",
            to=Audience(users=tuple(letter.kombel.leader_ids)),
            subject=SUBJECTS[timed.step],
            context={"name": letter.kombel.name, "due": rtl.due_on},
            url=reverse("reflection:followups"),
            expires_at=expires_at,
            hint=False,
        )
        return True

    return Matter(f"rtl:{rtl.pk}", rtl.path, f"RTL {letter.kombel.name}", steps, tell)


def _summary(rows: list[Rtl], calendar: WorkCalendar) -> Matter:
    letter, due_on = rows[0].undangan, rows[0].due_on
    zone = ZoneInfo(letter.time_zone)
    at = morning(calendar.first_from(due_on + timedelta(days=3), rows[0].path[:2]), zone)

    def tell(timed: Timed, expires_at: datetime) -> bool:
        notify(
            actor=None,
            kind="rtl_missing",
            period=f"session:{letter.session_id}:rtl-missing:{due_on}",
            to=Audience(roles=(Role.UPT_COORDINATOR,), organisation=letter.upt_id),
            subject=SUMMARY,
            context={"count": len(rows), "title": letter.title, "due": due_on},
            url=reverse("reflection:session", args=[letter.session_id]),
            expires_at=expires_at,
            hint=False,
        )
        return True

    steps = [Timed("rtl_late_3", due_on, at, at + KEPT)]
    return Matter(f"session:{letter.session_id}", letter.upt_path, f"RTL {letter.title}", steps, tell)
