"""Finding a report through the right door, and the lists around it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Case, QuerySet, When

from coordination.actors.actor import Actor
from coordination.actors.tenancy.scope import granted

from ..models import Collaborator, Obligation, Report, ReportVersion
from .grants import granted_report_ids


@contextmanager
def opened(actor: Actor, pk: int) -> Iterator[Report]:
    """Open one report for work and for its page; raises Report.DoesNotExist when the actor does not see it.

    Who is registered from another office is narrowed to this one report for as long as the door is open
    (RF-7): inside, the database shows nothing else of theirs or of the UPT's.
    """
    rows = Report.objects.select_related("organisation", "cycle", "pj", "obligation__organisation__wilayah")
    mine = rows.visible_to(actor).filter(pk=pk).first()
    if mine is not None:
        yield mine
    elif pk in granted_report_ids(actor.user):
        with granted([pk]):
            if not Collaborator.objects.filter(report_id=pk, user=actor.user, outside=True).exists():
                raise Report.DoesNotExist
            yield rows.get(pk=pk)
    else:
        raise Report.DoesNotExist


def own_obligations(actor: Actor) -> QuerySet[Obligation]:
    """What the actor's UPT owes and owed with its reports: the present cycle, those before it, then those to come."""
    rows = Obligation.objects.visible_to(actor).select_related(
        "cycle", "organisation__wilayah", "report__pj", "circular"
    )
    to_come = Case(When(cycle__starts__gt=actor.today(), then="cycle__starts"))
    return rows.order_by(to_come.asc(nulls_first=True), "-cycle__starts")


def shared_reports(actor: Actor) -> list[Report]:
    """Reports of other offices that the actor was registered for; empty for most people."""
    wanted = granted_report_ids(actor.user)
    if not wanted:
        return []
    with granted(wanted):
        from_outside = Collaborator.objects.filter(user=actor.user, outside=True).values("report_id")
        return list(Report.objects.filter(pk__in=from_outside).select_related("organisation", "cycle"))


def version_of(actor: Actor, report: Report, number: int) -> ReportVersion:
    """One sent version; raises ReportVersion.DoesNotExist."""
    return ReportVersion.objects.visible_to(actor).select_related("submitted_by").get(report=report, number=number)
