"""Who may do what with a report: its writers edit, its UPT reads, Pusat reads and decides what was sent."""

from coordination.actors.actor import Actor
from coordination.actors.models import Role
from coordination.actors.policies.base import Policy
from coordination.actors.tenancy import scope

from ..models import (
    Collaborator,
    Component,
    Decision,
    Priority,
    Report,
    ReportedPriority,
    ReportVersion,
    Source,
)
from ..selectors.grants import may_write

STARTERS = (Role.UPT_HEAD, Role.UPT_COORDINATOR)


def shared_here(report_id: int) -> bool:
    """Whether this transaction was narrowed to this one report, for a collaborator from outside."""
    now = scope.current()
    return bool(now and now.role == "portal_grant" and report_id in now.granted)


def _own(actor: Actor, organisation_id: int) -> bool:
    return actor.is_upt and actor.organisation_id == organisation_id


def _reads(actor: Actor, report: Report) -> bool:
    return _own(actor, report.organisation_id) or shared_here(report.pk)


def _writes(actor: Actor, report: Report) -> bool:
    return _reads(actor, report) and may_write(actor.user, report.pk)


def _leads(actor: Actor, report: Report) -> bool:
    """The PJ while at the UPT, and its head, who can name another one."""
    return _own(actor, report.organisation_id) and (actor.user.pk == report.pj_id or actor.role == Role.UPT_HEAD)


def _decides(actor: Actor, report: Report) -> bool:
    return actor.role == Role.PUSAT_ADMIN and report.version > 0


class _Shared:
    """A collaborator may be nobody in the portal: a login and one granted report."""

    @classmethod
    def report_id(cls, obj) -> int:
        return obj.report_id

    @classmethod
    def may(cls, actor, action, obj=None):
        if actor.acting is None and obj is not None and shared_here(cls.report_id(obj)):
            return bool(cls.rules[action](actor, obj))
        return super().may(actor, action, obj)

    @classmethod
    def owner_of(cls, obj) -> str:
        return str(getattr(obj, "organisation", "") or "")


def _seen(actor: Actor, rows, *, office: str, key: str, sent=None):
    """Rows of the actor's own UPT or of the one shared report; for Pusat those that `sent` keeps."""
    now = scope.current()
    if now and now.role == "portal_grant":
        return rows.filter(**{f"{key}__in": now.granted})
    if actor.is_pusat:
        return rows.none() if sent is None else rows.filter(**sent)
    return rows.filter(**{office: actor.organisation_id}) if actor.is_upt else rows.none()


class ReportPolicy(_Shared, Policy):
    """RF-7: only the PJ and registered collaborators edit; Pusat sees a report once it has been sent."""

    model = Report
    rules = {
        "view": lambda actor, report: _reads(actor, report) or (actor.is_pusat and report.version > 0),
        # The object is the obligation.
        "start": lambda actor, one: actor.role in STARTERS and _own(actor, one.organisation_id),
        "edit": _writes,
        # Who is not of the UPT prepares, and never decides for it.
        "submit": lambda actor, report: _own(actor, report.organisation_id) and _writes(actor, report),
        "lead": _leads,
        "return": _decides,
        "accept": _decides,
        "reopen": _decides,
    }

    @classmethod
    def report_id(cls, obj) -> int:
        return obj.pk

    @classmethod
    def visible_to(cls, actor, rows):
        return _seen(actor, rows, office="organisation_id", key="pk", sent={"version__gt": 0})


class _Draft(_Shared):
    """Parts of a draft: never Pusat's, not even when the report has been sent."""

    rules = {"view": lambda actor, part: _reads(actor, part.report)}

    @classmethod
    def visible_to(cls, actor, rows):
        return _seen(actor, rows, office="report__organisation_id", key="report_id")


class ComponentPolicy(_Draft, Policy):
    """A component of a draft is read with the report and edited by its writers while it is open."""

    model = Component
    rules = {
        **_Draft.rules,
        "edit": lambda actor, part: _writes(actor, part.report) and part.report.is_open(part.kind),
    }


class PriorityPolicy(_Draft, Policy):
    """A ranked place of a draft."""

    model = Priority


class SourcePolicy(_Draft, Policy):
    """The source of a priority of a draft."""

    model = Source


class CollaboratorPolicy(_Draft, Policy):
    """Who writes a report is known to the UPT and to the writers; Pusat reads the names in what was sent."""

    model = Collaborator


class _Sent(_Shared):
    rules = {"view": lambda actor, part: actor.is_pusat or _reads(actor, part.report)}

    @classmethod
    def visible_to(cls, actor, rows):
        return _seen(actor, rows, office="report__organisation_id", key="report_id", sent={})


class ReportVersionPolicy(_Sent, Policy):
    """What was sent is read by the UPT, its collaborators and Pusat."""

    model = ReportVersion


class DecisionPolicy(_Sent, Policy):
    """What Pusat decided is read by the UPT, its collaborators and Pusat."""

    model = Decision


class ReportedPriorityPolicy(_Sent, Policy):
    """A sent priority in the recap."""

    model = ReportedPriority
