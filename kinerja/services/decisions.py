"""Deciding a plan: approved or returned with notes; changed later with a reason and a new approval."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal

from ..gates import require_open
from ..models import Plan, PlanItem, PlanVersion, Section, SectionCode, belongs
from ..policies import PlanPolicy
from ..rules.content import quantities
from .lifecycle import advance, locked
from .news_decision import tell_amended, tell_decided


def approve_plan(*, actor: Actor, plan: Plan, number: int, accept_under: bool = False) -> Plan:
    """Approve the version that was read; its RHK become the items to be done (PK-9).

    `accept_under` says that the principal accepts a total under the least with the written reason (decided
    conflict 3). Raises NotAllowed, or Refusal when another version is there by now.
    """
    with transaction.atomic():
        held = _held_at(actor, plan, number)
        require_open("approve", held, actor)
        if held.under_reason and not accept_under:
            raise Refusal(
                _("Total %(points)d poin di bawah %(least)d. Baca alasannya, lalu nyatakan menerimanya.")
                % {"points": held.points, "least": held.least},
                mend=_("Centang persetujuan alasan, atau kembalikan rencana."),
                code="under_reason",
            )
        version = PlanVersion.objects.get(plan=held, number=number)
        values = {
            "approved": number,
            "indicator": version.content["praktik"]["indicator"],
            "decided_at": timezone.now(),
            "open_sections": list(SectionCode.values),
            "change_reason": "",
        }
        advance(actor=actor, plan=held, verb="approve", values=values)
        _set_items(held, version)
        tell_decided(actor=actor, plan=held)
    return held


def return_plan(*, actor: Actor, plan: Plan, number: int, notes: Mapping[str, str]) -> Plan:
    """Return a plan with a note for each section to change; only those reopen, nothing is erased.

    Raises NotAllowed, or Refusal without a note or when another version is there by now.
    """
    said = {code: words.strip() for code, words in notes.items() if code in SectionCode.values and words.strip()}
    if not said:
        raise Refusal(_("Tuliskan yang perlu diubah."), mend=_("Beri catatan pada paling sedikit satu bagian."))
    with transaction.atomic():
        held = _held_at(actor, plan, number)
        values = {"open_sections": list(said), "decided_at": timezone.now()}
        advance(actor=actor, plan=held, verb="return", notes=said, values=values)
        tell_decided(actor=actor, plan=held, notes=said)
    return held


def amend_plan(*, actor: Actor, plan: Plan, reason: str) -> Plan:
    """Open an approved plan for changes, with a reason; what was approved holds until the change is."""
    with transaction.atomic():
        values = {"change_reason": reason.strip()[:500], "open_sections": list(SectionCode.values)}
        held = advance(actor=actor, plan=locked(plan), verb="amend", reason=reason, values=values)
        tell_amended(actor=actor, plan=held)
    return held


def keep_plan(*, actor: Actor, plan: Plan) -> Plan:
    """Give a change up: the draft becomes again what was approved."""
    with transaction.atomic():
        held = locked(plan)
        require_open("keep", held, actor)
        keep_approved(actor=actor, plan=held)
    return held


def keep_approved(*, actor: Actor | None, plan: Plan, reason: str = "") -> None:
    """Make a locked plan's draft what was approved; the versions in between stay in the history."""
    approved = PlanVersion.objects.get(plan=plan, number=plan.approved)
    under = plan.least is not None and approved.points < plan.least
    values = {
        "change_reason": "",
        "points": approved.points,
        "under_reason": approved.content["kompetensi"].get("under_reason", "") if under else "",
    }
    advance(actor=actor, plan=plan, verb="keep", reason=reason, values=values)
    for section in Section.objects.filter(plan=plan):
        if section.content != approved.content[section.code]:
            section.content, section.version = approved.content[section.code], section.version + 1
            section.save(update_fields=["content", "version", "updated_at"])


def _held_at(actor: Actor, plan: Plan, number: int) -> Plan:
    held = locked(plan)
    PlanPolicy.require(actor, "decide", held)
    if held.version != number:
        raise Refusal(
            _("Rencana ini sudah dikirim ulang sebagai versi %(number)d.") % {"number": held.version},
            mend=_("Baca versi yang baru, lalu putuskan."),
            code="changed",
        )
    return held


def _set_items(plan: Plan, version: PlanVersion) -> None:
    """The approved version's RHK as items; an item that fell away stays with its evidence, inactive."""
    wanted = quantities(version.content["kompetensi"])
    points = {one.number: one.points or 0 for one in plan.rules.utama}
    wanted |= {int(number): 1 for number in version.content["tambahan"].get("items", {})}
    found = {one.number: one for one in PlanItem.objects.filter(plan=plan)}
    for number, one in found.items():
        count = wanted.get(number)
        one.active = count is not None
        if count is not None:
            one.quantity, one.points = count, points.get(number, 0) * count
        one.save(update_fields=["active", "quantity", "points"])
    PlanItem.objects.bulk_create(
        PlanItem(**belongs(plan), number=number, quantity=count, points=points.get(number, 0) * count)
        for number, count in wanted.items()
        if number not in found
    )
