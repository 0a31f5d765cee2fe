"""Reports to write, to correct and to decide."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.actors.actor import UPT, Actor
from coordination.actors.home import Number, Todo
from coordination.actors.models import Role

from ..models import Obligation, Report
from ..selectors.clock import lateness
from ..selectors.grants import granted_report_ids

MOST = 5


def todos(actor: Actor) -> list[Todo]:
    """Reports a UPT owes or must correct; for Pusat's admins the ones that wait for a decision."""
    if actor.role == Role.PUSAT_ADMIN:
        return [_to_decide(report) for report in _sent(actor)[:MOST]]
    return [_to_write(actor, owed) for owed in _owed(actor)[:MOST]] if actor.role in UPT else []


def upcoming(actor: Actor) -> list[Todo]:
    """For those who write reports: the next cycle that opens."""
    if actor.role not in UPT:
        return []
    owed = Obligation.objects.visible_to(actor).filter(cycle__opens_on__gt=actor.today()).select_related("cycle")
    return [
        Todo(
            _("Laporan %(cycle)s dibuka") % {"cycle": one.cycle.name},
            reverse("reflection:reports"),
            due=one.cycle.opens_on,
        )
        for one in owed.order_by("cycle__opens_on")[:1]
    ]


def waiting(actor: Actor) -> list[Todo]:
    """Reports a UPT has sent and Pusat has not decided."""
    if actor.role not in UPT:
        return []
    return [
        Todo(
            _("Laporan %(cycle)s menunggu putusan Pusat") % {"cycle": report.cycle.name},
            reverse("reflection:report", args=[report.pk]),
            status=_("Dikirim"),
        )
        for report in _sent(actor)[:MOST]
    ]


def numbers(actor: Actor) -> list[Number]:
    """For Pusat: how many UPT are past their day without a report."""
    if not actor.is_pusat:
        return []
    missing = Obligation.objects.filter(
        submitted_at=None, closes_at__lt=timezone.now(), organisation__active=True
    ).count()
    label = _("laporan UPT lewat batas dan belum dikirim")
    return [Number(missing, label, reverse("reflection:recap"), tone="bad" if missing else "ok")]


def _owed(actor: Actor):
    rows = Obligation.objects.visible_to(actor).filter(cycle__opens_on__lte=actor.today())
    rows = rows.filter(Q(submitted_at=None) | Q(report__state=Report.State.DIKEMBALIKAN))
    if actor.role not in (Role.UPT_HEAD, Role.UPT_COORDINATOR):
        # Others of the UPT are asked only for what they were registered to write.
        rows = rows.filter(pk__in=granted_report_ids(actor.user))
    return rows.select_related("cycle", "organisation__wilayah", "report").order_by("due_on")


def _to_write(actor: Actor, owed: Obligation) -> Todo:
    report = getattr(owed, "report", None)
    url = reverse("reflection:report", args=[report.pk]) if report else reverse("reflection:reports")
    if report and report.state == Report.State.DIKEMBALIKAN:
        title, status, tone = _("Perbaiki laporan %(cycle)s"), _("Dikembalikan"), "warn"
    elif report:
        title, status, tone = _("Lengkapi laporan %(cycle)s"), _("Sedang diisi"), "info"
    else:
        title, status, tone = _("Susun laporan %(cycle)s"), _("Belum mulai"), "mute"
    late = lateness(owed, actor.today()) > 0
    return Todo(
        title % {"cycle": owed.cycle.name}, url, due=owed.due_on, late=late, status=status, tone="bad" if late else tone
    )


def _sent(actor: Actor):
    rows = Report.objects.visible_to(actor).filter(state=Report.State.DIKIRIM)
    return rows.select_related("cycle", "organisation").order_by("obligation__submitted_at")


def _to_decide(report: Report) -> Todo:
    return Todo(
        _("Putuskan laporan %(upt)s") % {"upt": report.organisation.short_name},
        reverse("reflection:version", args=[report.pk, report.version]),
        status=_("Menunggu putusan"),
        note=report.cycle.name,
    )
