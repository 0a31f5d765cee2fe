"""What Pusat does with a report it was sent: accept, return with comments, reopen with a reason (RF-10)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal
from coordination.actors.tenancy.scope import because
from coordination.actors.transitions import step

from ..models import Decision, Kind, Report
from ..policies import ReportPolicy
from .news import tell_decided

PAIR = {Kind.RISIKO, Kind.MITIGASI}


def accept_report(*, actor: Actor, report: Report, version: int) -> Decision:
    """Accept the version that was read; raises NotAllowed, or Refusal when it is no longer the last one."""
    return _decide(actor, report, version, Decision.Verb.ACCEPT, "", {})


def return_report(
    *, actor: Actor, report: Report, version: int, comments: dict[str, str], reason: str = ""
) -> Decision:
    """Return a report with a comment on each component that is to be corrected; only these open again.

    Raises NotAllowed, or Refusal without a comment or when the version is no longer the last one.
    """
    noted = _noted(comments)
    if not noted:
        raise Refusal(_("Tuliskan catatan untuk sedikitnya satu komponen."), code="comments")
    return _decide(actor, report, version, Decision.Verb.RETURN, reason, noted)


def reopen_report(
    *, actor: Actor, report: Report, version: int, reason: str, comments: dict[str, str] | None = None
) -> Decision:
    """Open an accepted report again with a reason: the noted components, or all when none is noted."""
    return _decide(actor, report, version, Decision.Verb.REOPEN, reason, _noted(comments or {}))


def opened_by(verb: str, noted: dict[str, str]) -> list[str]:
    """The components a decision opens; risk and mitigation open together, because n answers n."""
    if verb == Decision.Verb.ACCEPT:
        return []
    kinds = set(noted) or set(Kind.values)
    if kinds & PAIR:
        kinds |= PAIR
    return [kind for kind in Kind.values if kind in kinds]


def _decide(actor: Actor, report: Report, version: int, verb: str, reason: str, noted: dict[str, str]) -> Decision:
    with transaction.atomic():
        rows = Report.objects.select_for_update(of=("self",)).select_related("organisation", "cycle")
        locked = rows.get(pk=report.pk)
        ReportPolicy.require(actor, verb, locked)
        state = step(Report.TRANSITIONS, verb, state=locked.state, reason=reason)
        if locked.version != version:
            raise Refusal(
                _("UPT sudah mengirim versi %(number)d.") % {"number": locked.version},
                mend=_("Baca versi itu, lalu putuskan."),
                code="changed",
            )
        because(reason or str(Decision.Verb(verb).label))
        locked.state, locked.open_kinds = state, opened_by(verb, noted)
        locked.save(update_fields=["state", "open_kinds"])
        decision = Decision.objects.create(
            report=locked,
            path=locked.path,
            number=version,
            verb=verb,
            reason=reason.strip(),
            comments=noted,
            decided_at=timezone.now(),
            decided_by=actor.user,
        )
        tell_decided(actor=actor, report=locked, decision=decision)
        return decision


def _noted(comments: dict[str, str]) -> dict[str, str]:
    return {kind: comments[kind].strip() for kind in Kind.values if comments.get(kind, "").strip()}
