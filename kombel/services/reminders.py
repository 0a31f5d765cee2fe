"""The reminders of kombel: the portal's own work, in the system's scope, from the database alone."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta

from django.db.models import CharField, Count, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as noop

from coordination.actors.models import Organisation, Role, Unit, Wilayah
from coordination.notices.audience import Audience
from coordination.notices.models import Reminder
from coordination.notices.reminding import Matter, Timed, Zone, morning, zones
from coordination.notices.services import notify
from coordination.notices.services.reminding import remind

from ..models import Kombel, Meeting
from ..reminders import BATCH, KEPT, MEETING, SILENCE, WEEKLY, timeline
from ..selectors.rules import rules_on

WEEK = timedelta(days=6)
NATIONAL = "p.portal"
SUBJECTS = {step.code: step.subject for step in (*MEETING, *SILENCE)}
DIGEST = noop("%(count)s komunitas senyap lebih dari %(days)s hari di wilayah %(office)s")
DIGEST_BODY = noop(
    "Daftarnya terurut dari yang paling lama senyap, dengan teks siap kirim untuk menghubungi penggerak."
)


def remind_of_kombel(*, now: datetime | None = None) -> list[Reminder]:
    """Remind penggerak of meetings not documented and of silence, and offices of silence once a week."""
    now = now or timezone.now()
    provinces = dict(Wilayah.objects.filter(level=Wilayah.Level.PROVINSI).values_list("code", "time_zone"))
    matters: list[Matter] = []
    for zone in zones(provinces, now):
        matters += _meetings(zone)
        matters += _silences(zone)
        matters += _weekly(zone)
    return remind(matters=matters, now=now)


def _undecided(rows: QuerySet, prefix: str, step: str, anchor: str) -> QuerySet:
    """Rows whose step is not in the record yet; the record's unique key answers from its index."""
    topic = Concat(Value(prefix), Cast(OuterRef("pk"), CharField()))
    decided = Reminder.objects.filter(topic=topic, step=step, anchor_on=OuterRef(anchor))
    return rows.exclude(Exists(decided))


def _meetings(zone: Zone) -> list[Matter]:
    found: dict[int, Meeting] = {}
    for step in MEETING:
        last = zone.day - timedelta(days=step.days)
        rows = Meeting.objects.filter(
            state=Meeting.State.PLANNED,
            held_on__gt=last - KEPT,
            held_on__lte=last,
            kombel__state=Kombel.State.AKTIF,
            kombel__provinsi__in=zone.provinces,
        ).select_related("kombel")
        waiting = _undecided(rows, "meeting:", step.code, "held_on").order_by("held_on", "id")[:BATCH]
        found |= {row.pk: row for row in waiting}
    return [_meeting_matter(row, zone) for row in found.values()]


def _meeting_matter(meeting: Meeting, zone: Zone) -> Matter:
    def tell(timed: Timed, expires_at: datetime) -> bool:
        context = {"topic": meeting.topic, "name": meeting.kombel.name, "day": meeting.held_on}
        return _tell(meeting.kombel, "kombel_note", f"meeting:{meeting.pk}", timed, expires_at, context)

    about = f"{meeting.kombel.name}: {meeting.topic}"
    return Matter(f"meeting:{meeting.pk}", meeting.path, about, timeline(MEETING, meeting.held_on, zone.info), tell)


def _silences(zone: Zone) -> list[Matter]:
    threshold = rules_on(zone.day).silent_days
    found: dict[int, Kombel] = {}
    for step in SILENCE:
        last = zone.day - timedelta(days=threshold + step.days)
        rows = Kombel.objects.filter(
            state=Kombel.State.AKTIF,
            provinsi__in=zone.provinces,
            quiet_since__gt=last - KEPT,
            quiet_since__lte=last,
        )
        waiting = _undecided(rows, "kombel:", step.code, "quiet_since").order_by("quiet_since", "id")[:BATCH]
        found |= {row.pk: row for row in waiting}
    return [_silence_matter(row, zone, threshold) for row in found.values()]


def _silence_matter(kombel: Kombel, zone: Zone, threshold: int) -> Matter:
    def tell(timed: Timed, expires_at: datetime) -> bool:
        context = {"name": kombel.name, "day": kombel.quiet_since, "days": threshold}
        return _tell(kombel, "kombel_silent", f"kombel:{kombel.pk}", timed, expires_at, context)

    steps = timeline(SILENCE, kombel.quiet_since, zone.info, plus=threshold)
    return Matter(f"kombel:{kombel.pk}", kombel.path, kombel.name, steps, tell)


def _tell(kombel: Kombel, kind: str, topic: str, timed: Timed, expires_at: datetime, context: dict) -> bool:
    if not kombel.leader_ids:
        return False
    notify(
        actor=None,
        kind=kind,
        period=f"{topic}:{timed.step}:{timed.anchor_on}",
        to=Audience(users=tuple(kombel.leader_ids)),
        subject=SUBJECTS[timed.step],
        context=context,
        url=reverse("kombel:detail", args=[kombel.pk]),
        expires_at=expires_at,
        hint=False,
    )
    return True


def _weekly(zone: Zone) -> list[Matter]:
    """One matter a week for a whole time zone; told, it becomes one notice for each office with silent kombel."""
    monday = zone.day - timedelta(days=zone.day.weekday())
    at = morning(monday, zone.info)
    steps = [Timed(WEEKLY, monday, at, at + WEEK)]
    return [
        Matter(
            f"silence:{zone.info}",
            NATIONAL,
            f"Komunitas senyap, {zone.info}",
            steps,
            lambda timed, _until: _digest(zone, timed),
        )
    ]


def _digest(zone: Zone, timed: Timed) -> bool:
    threshold = rules_on(zone.day).silent_days
    silent = Kombel.objects.filter(
        state=Kombel.State.AKTIF,
        provinsi__in=zone.provinces,
        quiet_since__lt=zone.day - timedelta(days=threshold),
    )
    counts = silent.order_by().values_list("provinsi", "level", "kabkota").annotate(count=Count("pk"))
    per_office: Counter[int] = Counter()
    answering = _offices(zone)
    for provinsi, level, kabkota, count in counts:
        dinas = (Unit.DINAS_KABKOTA, kabkota) if level == Kombel.Level.DASAR else (Unit.DINAS_PROVINSI, provinsi)
        for office in {*answering.get(dinas, ()), *answering.get((Organisation.Kind.UPT, provinsi), ())}:
            per_office[office] += count
    names = Organisation.objects.in_bulk(per_office)
    for office, count in per_office.items():
        notify(
            actor=None,
            kind="kombel_silent_week",
            period=f"silence:{timed.anchor_on}",
            to=Audience(roles=(Role.DINAS_OFFICER, Role.UPT_COORDINATOR), organisation=office),
            subject=DIGEST,
            body=DIGEST_BODY,
            context={"count": count, "days": threshold, "office": str(names[office])},
            url=f"{reverse('kombel:list')}?keadaan=senyap",
            expires_at=timed.until,
            hint=False,
        )
    return bool(per_office)


def _offices(zone: Zone) -> dict[tuple[str, str], list[int]]:
    """The offices that answer for kombel, by what they answer for: their unit and region."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    dinas = Organisation.objects.filter(active=True, kind=Organisation.Kind.DINAS)
    for pk, unit, region in dinas.values_list("pk", "unit", "wilayah_id"):
        found[unit, region].append(pk)
    upt = Organisation.objects.filter(active=True, kind=Organisation.Kind.UPT, serves__in=zone.provinces)
    for pk, region in upt.exclude(unit__in=Organisation.VOCATIONAL).values_list("pk", "serves"):
        found[Organisation.Kind.UPT, region].append(pk)
    return found
