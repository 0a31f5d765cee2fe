"""Sending a report: an unchangeable copy goes to Pusat, exactly once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal
from coordination.actors.transitions import step

from ..models import Collaborator, Obligation, Report, ReportedPriority, ReportVersion
from ..policies import ReportPolicy
from ..selectors.drafts import Part, draft_of, gaps_of
from .news import tell_submitted


def submit_report(*, actor: Actor, report: Report, seen: int | None = None) -> ReportVersion:
    """Send the draft to Pusat as its next version (RF-6); of two at once one succeeds.

    `seen` is the draft's fingerprint on the check page: what was not seen is not sent. Raises NotAllowed,
    or Refusal when it was sent already, has gaps or has changed since.
    """
    with transaction.atomic():
        locked = _locked(report)
        ReportPolicy.require(actor, "submit", locked)
        state = step(Report.TRANSITIONS, "submit", state=locked.state)
        parts = draft_of(locked)
        if seen is not None and seen != fingerprint(parts):
            raise Refusal(
                _("Isian berubah sejak Anda memeriksanya."), mend=_("Periksa sekali lagi, lalu kirim."), code="changed"
            )
        if gaps_of(parts):
            raise Refusal(
                _("Laporan belum lengkap."), mend=_("Lengkapi bagian yang disebut di halaman Periksa."), code="gaps"
            )
        now = timezone.now()
        locked.state, locked.open_kinds, locked.version = state, [], locked.version + 1
        locked.save(update_fields=["state", "open_kinds", "version"])
        version = ReportVersion.objects.create(
            report=locked,
            path=locked.path,
            number=locked.version,
            content=_snapshot(locked, parts),
            submitted_at=now,
            submitted_by=actor.user,
        )
        Obligation.objects.filter(pk=locked.pk, submitted_at=None).update(submitted_at=now)
        _publish(version)
        tell_submitted(actor=actor, version=version)
    return version


def fingerprint(parts: list[Part]) -> int:
    """A number that grows with each change of a draft."""
    return sum(part.component.version for part in parts)


def _locked(report: Report) -> Report:
    rows = Report.objects.select_for_update(of=("self",)).select_related("organisation", "cycle", "pj")
    return rows.get(pk=report.pk)


def _snapshot(report: Report, parts: list[Part]) -> dict:
    others = Collaborator.objects.filter(report=report).exclude(user_id=report.pj_id).select_related("user")
    return {
        "upt": report.organisation.name,
        "cycle": report.cycle.name,
        "pj": str(report.pj),
        "collaborators": [str(one.user or one.email) for one in others],
        "components": [
            {
                "kind": str(part.component.kind),
                "reason": part.component.reason_fewer,
                "priorities": [
                    {"rank": place.rank, "text": place.text, "sources": [_copy(one) for one in place.sources.all()]}
                    for place in part.filled
                ],
            }
            for part in parts
        ],
    }


def _copy(source) -> dict:
    return {
        "origin": source.origin,
        "ref": source.ref_id,
        "part": source.part,
        "kombel": source.kombel_name,
        "held_on": source.held_on.isoformat() if source.held_on else None,
        "excerpt": source.excerpt,
    }


def _publish(version: ReportVersion) -> None:
    report = version.report
    ReportedPriority.objects.filter(report=report).delete()
    ReportedPriority.objects.bulk_create(
        ReportedPriority(
            report=report,
            path=report.path,
            cycle_id=report.cycle_id,
            organisation_id=report.organisation_id,
            number=version.number,
            kind=part["kind"],
            rank=one["rank"],
            text=one["text"],
            sources=len(one["sources"]),
            communities=len({source["kombel"] for source in one["sources"] if source["kombel"]}),
        )
        for part in version.content["components"]
        for one in part["priorities"]
    )
