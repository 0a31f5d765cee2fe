"""Who writes a report: django-guardian grants, and the e-mail addresses they were asked for (RF-7)."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, remove_perm

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal
from coordination.actors.models import Membership, User
from coordination.actors.tenancy.scope import because, granted

from ..models import Collaborator, PendingGrant, Report
from ..policies import ReportPolicy
from .news import tell_registered

EDIT = "reflection.edit_report"


def add_collaborator(*, actor: Actor, report: Report, email: str) -> Collaborator:
    """Register somebody by e-mail to write the report; twice leaves one row.

    An address without an account waits for its first login. Raises NotAllowed.
    """
    ReportPolicy.require(actor, "lead", report)
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    with transaction.atomic():
        if user is not None:
            one = register(report=report, user=user, by=actor.user)
            tell_registered(actor=actor, collaborator=one)
            return one
        PendingGrant.objects.get_or_create(email=email.lower(), report_id=report.pk)
        found, _created = Collaborator.objects.get_or_create(
            report=report,
            email=email.lower(),
            defaults={"path": report.path, "added_by": actor.user, "outside": True},
        )
    return found


def remove_collaborator(*, actor: Actor, collaborator: Collaborator) -> None:
    """Take the right to write away; raises NotAllowed, and Refusal for the PJ."""
    report = collaborator.report
    ReportPolicy.require(actor, "lead", report)
    if collaborator.user_id == report.pj_id:
        raise Refusal(_("Penanggung jawab tidak bisa dikeluarkan."), mend=_("Tunjuk penanggung jawab lain lebih dulu."))
    with transaction.atomic():
        because(_("kolaborator dikeluarkan"))
        PendingGrant.objects.filter(email=collaborator.email.lower(), report_id=report.pk).delete()
        if collaborator.user is not None:
            remove_perm(EDIT, collaborator.user, report)
        collaborator.delete()


def name_pj(*, actor: Actor, report: Report, collaborator: Collaborator) -> Report:
    """Make a registered collaborator of the UPT its PJ; the former one stays a collaborator."""
    ReportPolicy.require(actor, "lead", report)
    if collaborator.user is None or collaborator.outside:
        raise Refusal(_("Penanggung jawab harus orang UPT yang sudah punya akun."))
    report.pj = collaborator.user
    report.save(update_fields=["pj"])
    return report


def register(*, report: Report, user: User, by: User) -> Collaborator:
    """Give the grant to an account; whoever has no role at the UPT is from outside."""
    there = Membership.objects.filter(user=user, organisation_id=report.organisation_id)
    inside = there.filter(Q(until=None) | Q(until__gte=timezone.localdate())).exists()
    assign_perm(EDIT, user, report)
    found, _created = Collaborator.objects.update_or_create(
        report=report,
        email=user.email.lower(),
        defaults={"user": user, "outside": not inside},
        create_defaults={"path": report.path, "user": user, "outside": not inside, "added_by": by},
    )
    return found


def claim_pending_grants(*, actor: Actor) -> int:
    """Give a person the grants that waited for their address; returns how many. Safe to call at any time.

    Accounts come from invitations and from Pusat, and only a verified address replaces the first one
    (actors/views/addresses.py), so the account's address is the person's.
    """
    waiting = list(PendingGrant.objects.filter(email=actor.user.email.lower()))
    for one in waiting:
        with granted([one.report_id]):
            report = Report.objects.filter(pk=one.report_id).first()
            rows = Collaborator.objects.filter(report_id=one.report_id, email=one.email)
            if report is not None and rows.update(user=actor.user, outside=not _works_at(actor, report)):
                assign_perm(EDIT, actor.user, report)
        one.delete()
    return len(waiting)


def _works_at(actor: Actor, report: Report) -> bool:
    return any(one.organisation_id == report.organisation_id for one in actor.memberships)
