from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal
from coordination.actors.services.versions import change_at_version

from ..models import ContactLog, DutyMark, Kombel, PmmCheck
from ..policies import KombelPolicy
from ..selectors.findings import pmm_findings
from ..selectors.rules import rules_on
from .kombel import close_kombel


def log_contact(
    *, actor: Actor, kombel: Kombel, outcome: str, note: str = "", next_on: date | None = None
) -> ContactLog:
    """Keep what came of asking after a kombel; "tidak aktif lagi" also closes it.

    Raises Refusal for a next day that has passed.
    """
    KombelPolicy.require(actor, "contact", kombel)
    if next_on is not None and next_on < actor.today():
        raise Refusal(_("Tanggal berikutnya sudah lewat."), mend=_("Pilih hari ini atau sesudahnya."))
    with transaction.atomic():
        entry = ContactLog.objects.create(
            kombel=kombel,
            path=kombel.path,
            outcome=outcome,
            note=note.strip(),
            next_on=next_on,
            by=actor.user,
            office=actor.acting.place[:60],
        )
        if outcome == ContactLog.Outcome.GONE and kombel.state == Kombel.State.AKTIF:
            reason = note.strip() or _("Tidak aktif lagi menurut %(office)s.") % {"office": actor.acting.place}
            close_kombel(actor=actor, kombel=kombel, reason=reason)
        Kombel.objects.filter(pk=kombel.pk).update(contact_outcome=outcome, contact_next=next_on)
    return entry


def mark_duty(*, actor: Actor, kombel: Kombel, duty: str, evidence: str, source: str = "") -> DutyMark:
    """Keep evidence for one of the ten duties (KB-8); a second mark from the same source replaces the first."""
    KombelPolicy.require(actor, "manage", kombel)
    if duty not in DutyMark.Duty.values or not evidence.strip():
        raise Refusal(_("Bukti belum ditulis."), mend=_("Tulis satu kalimat tentang apa yang sudah dilakukan."))
    mark, _fresh = DutyMark.objects.update_or_create(
        kombel=kombel,
        duty=duty,
        source=source,
        defaults={"path": kombel.path, "evidence": evidence.strip(), "done_on": actor.today(), "by": actor.user},
    )
    return mark


def declare_pmm(
    *,
    actor: Actor,
    kombel: Kombel,
    version: int,
    account: str = "",
    uses_pmm: bool = False,
    trainings: list[str] | None = None,
    manages: bool = False,
    committed: bool = False,
    registered_on: date | None = None,
) -> PmmCheck:
    """Keep what was declared for registering in PMM (KB-6); `version` 0 begins it.

    A day of registration is taken only when every criterion is met; else Refusal names the first that is not.
    """
    KombelPolicy.require(actor, "manage", kombel)
    values = {
        "account": account.strip().lower(),
        "uses_pmm": uses_pmm,
        "trainings": sorted(trainings or []),
        "manages": manages,
        "committed": committed,
        "registered_on": registered_on,
    }
    if registered_on is not None:
        _require_all_met(actor, PmmCheck(**values), registered_on)
    with transaction.atomic():
        check, fresh = PmmCheck.objects.get_or_create(
            kombel=kombel, defaults={"path": kombel.path, "declared_by": actor.user, **values}
        )
        if not fresh:
            check = change_at_version(check, version=version, values=values)
    return check


def _require_all_met(actor: Actor, check: PmmCheck, registered_on: date) -> None:
    if registered_on > actor.today():
        raise Refusal(_("Tanggal pendaftaran di PMM belum tiba."))
    for finding in pmm_findings(check, rules_on(actor.today())):
        if not finding.met:
            raise Refusal(
                _("Syarat pendaftaran belum terpenuhi: %(label)s. %(why)s")
                % {"label": finding.label, "why": finding.why},
                mend=finding.mend,
            )
