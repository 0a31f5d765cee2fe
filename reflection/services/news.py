"""What reports and circulars tell people, in the transaction of the change itself (coordination/notices)."""

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from coordination.actors.actor import Actor
from coordination.actors.models import Role
from coordination.notices.audience import Audience
from coordination.notices.services import notify

from ..models import Circular, Collaborator, Decision, Obligation, Report, ReportVersion

OFFICE = (Role.UPT_HEAD, Role.UPT_COORDINATOR)
DECIDED = {
    Decision.Verb.ACCEPT: ("report_accepted", noop("Laporan %(cycle)s %(upt)s diterima Pusat")),
    Decision.Verb.RETURN: ("report_returned", noop("Laporan %(cycle)s %(upt)s dikembalikan untuk diperbaiki")),
    Decision.Verb.REOPEN: ("report_returned", noop("Laporan %(cycle)s %(upt)s dibuka kembali")),
}
COMMENTED = noop("Bagian yang perlu diperbaiki: %(count)s. Catatannya ada di laporan.")


def tell_submitted(*, actor: Actor, version: ReportVersion) -> None:
    """Tell Pusat that a report has come, and the office's own people that it is on its way (RF-10)."""
    report = version.report
    notify(
        actor=actor,
        kind="report_submitted",
        period=f"report:{report.pk}:{version.number}",
        to=[Audience(roles=(Role.PUSAT_ADMIN,)), *_people(report)],
        subject=noop("Laporan %(cycle)s %(upt)s terkirim ke Pusat"),
        context=_names(report),
        url=_address(report),
    )


def tell_decided(*, actor: Actor, report: Report, decision: Decision) -> None:
    """Tell the office and the report's writers what Pusat has decided."""
    kind, subject = DECIDED[Decision.Verb(decision.verb)]
    noted = len(decision.comments)
    notify(
        actor=actor,
        kind=kind,
        period=f"report:{report.pk}:{decision.number}:{decision.pk}",
        to=_people(report),
        subject=subject,
        body=COMMENTED if noted else "",
        context=_names(report) | {"count": noted},
        url=_address(report),
    )


def tell_registered(*, actor: Actor, collaborator: Collaborator) -> None:
    """Tell somebody with an account that they may write a report (RF-7)."""
    report, user = collaborator.report, collaborator.user
    if user is None:
        return
    notify(
        actor=actor,
        kind="report_collaborator",
        period=f"report:{report.pk}:collaborator:{collaborator.pk}",
        to=Audience(users=(user.pk,)),
        subject=noop("Anda terdaftar sebagai kolaborator laporan %(cycle)s %(upt)s"),
        context=_names(report),
        url=_address(report),
    )


def tell_extended(*, actor: Actor, circular: Circular) -> None:
    """Tell each office whose day a circular has moved, unless its report has been sent."""
    moved = Obligation.objects.filter(circular=circular, submitted_at=None).values_list("organisation", flat=True)
    audiences = [Audience(roles=OFFICE, organisation=office) for office in moved]
    if audiences:
        notify(
            actor=actor,
            kind="report_extended",
            period=f"circular:{circular.pk}",
            to=audiences,
            subject=noop("Batas laporan %(cycle)s diperpanjang sampai %(due)s"),
            body=noop("Surat edaran %(number)s: %(reason)s"),
            context={
                "cycle": circular.cycle.name,
                "due": circular.new_due_on,
                "number": circular.number,
                "reason": circular.reason,
            },
            url=reverse("reflection:reports"),
        )


def _people(report: Report) -> list[Audience]:
    writers = Collaborator.objects.filter(report=report).exclude(user=None).values_list("user", flat=True)
    return [
        Audience(roles=OFFICE, organisation=report.organisation_id),
        Audience(users=(report.pj_id, *writers)),
    ]


def _names(report: Report) -> dict[str, str]:
    return {"cycle": report.cycle.name, "upt": str(report.organisation)}


def _address(report: Report) -> str:
    return reverse("reflection:report", args=[report.pk])
