"""Writing a plan: begun once, saved section by section, submitted, withdrawn."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Conflict, Refusal
from coordination.actors.models import Role, School
from coordination.actors.schools.kinds import jenjang_of

from ..gates import require_open, section_blocks
from ..models import Period, Plan, PlanVersion, Section, SectionCode, belongs
from ..policies import PlanPolicy, SectionPolicy
from ..rules.content import clean, quantities
from ..rules.points import points_of
from ..selectors.drafts import contents_of
from .lifecycle import advance, locked, record_event
from .news_decision import tell_submitted


def begin_plan(*, actor: Actor, period: Period) -> Plan:
    """The actor's plan for a period at their present school, made on the first call.

    Raises NotAllowed for who is neither guru nor kepala sekolah, Refusal when planning is not open yet.
    """
    PlanPolicy.require(actor, "begin")
    if not period.plan_opens <= actor.today() <= period.ends:
        raise Refusal(
            _("Perencanaan %(period)s belum dibuka atau sudah berakhir.") % {"period": period.name},
            mend=_("Pilih periode yang sedang dibuka; Pusat mengatur kalendernya."),
        )
    school = School.objects.get(path=actor.acting.path)
    of_principal = actor.role == Role.KEPSEK
    known = Plan.objects.filter(owner=actor.user).exclude(nip="", position="").order_by("-pk").first()
    with transaction.atomic():
        plan, created = Plan.objects.exclude(state=Plan.State.DIPINDAHKAN).get_or_create(
            owner=actor.user,
            period=period,
            school=school,
            of_principal=of_principal,
            defaults={
                "path": school.path,
                "school_name": school.name,
                "npsn": school.npsn,
                "jenjang": jenjang_of(school.bentuk),
                "pack_id": period.pack_id,
                "starts": period.starts,
                "until": period.ends,
                "nip": known.nip if known else "",
                "position": known.position if known else "",
                "open_sections": list(SectionCode.values),
            },
        )
        if created:
            record_event(actor=actor, plan=plan, verb="begin")
    return plan


def write_section(*, actor: Actor, plan: Plan, code: str, content: dict[str, Any], version: int) -> Section:
    """Save one section of the draft; the same words again change nothing.

    `version` is the one the writer began from (0 for a section never saved). Raises NotAllowed, Refusal when the
    section is locked or names what the pack does not offer, Conflict with both texts when another window was
    faster.
    """
    with transaction.atomic():
        held = locked(plan)
        PlanPolicy.require(actor, "write", held)
        if locks := section_blocks(held, code):
            raise Refusal(locks[0].rule, mend=locks[0].who, code="locked_section")
        new = clean(held.rules, held.jenjang, code, content)
        section = Section.objects.filter(plan=held, code=code).first()
        if section is None:
            return Section.objects.create(**belongs(held), code=code, content=new)
        SectionPolicy.require(actor, "write", section)
        if section.content == new:
            return section
        if section.version != version:
            raise Conflict(
                _("Bagian ini sudah diubah di jendela lain sejak Anda membukanya."),
                mine=new,
                theirs=section.content,
                mend=_("Bandingkan keduanya, lalu simpan yang benar."),
            )
        section.content, section.version = new, section.version + 1
        section.save(update_fields=["content", "version", "updated_at"])
    return section


def describe_employee(*, actor: Actor, plan: Plan, nip: str, position: str) -> Plan:
    """Write the employee's NIP and jenjang jabatan, which the SKP and the angka kredit need.

    Raises NotAllowed, or Refusal for what cannot be, and while an SKP with the present ones is sent or was received.
    """
    if position and position not in plan.rules.positions:
        raise Refusal(_("Jenjang jabatan itu tidak ada di paket aturan."), mend=_("Pilih dari daftar."))
    if nip and not (nip.isdigit() and len(nip) == 18):
        raise Refusal(_("NIP berisi 18 angka."), mend=_("Periksa NIP Anda, atau kosongkan bila belum punya."))
    with transaction.atomic():
        held = locked(plan)
        require_open("describe", held, actor)
        held.nip, held.position = nip, position
        held.save(update_fields=["nip", "position"])
    return held


def submit_plan(*, actor: Actor, plan: Plan, seen: int | None = None) -> PlanVersion:
    """Send the draft to whoever decides, as the next version (PK-3); of two at once one succeeds.

    `seen` is the draft's fingerprint on the summary page: what was not seen is not sent. Raises NotAllowed, or
    Refusal naming the first gap, or that it was sent or changed meanwhile.
    """
    with transaction.atomic():
        held = locked(plan)
        if seen is not None and seen != fingerprint(held):
            PlanPolicy.require(actor, "write", held)
            raise Refusal(
                _("Isian berubah sejak Anda memeriksanya."), mend=_("Periksa sekali lagi, lalu ajukan."), code="changed"
            )
        contents, rules, number = contents_of(held), held.rules, held.version + 1
        total = points_of(rules, quantities(contents["kompetensi"]))
        limits, now = rules.limits, timezone.now()
        values = {
            "version": number,
            "points": total,
            "least": limits.least if limits else None,
            "most": limits.most if limits else None,
            "under_reason": contents["kompetensi"].get("under_reason", "") if limits and total < limits.least else "",
            "submitted_at": now,
        }
        advance(actor=actor, plan=held, verb="submit", values=values)
        tell_submitted(actor=actor, plan=held)
        return PlanVersion.objects.create(
            **belongs(held), number=number, content=contents, points=total, at=now, by=actor.user
        )


def withdraw_plan(*, actor: Actor, plan: Plan) -> Plan:
    """Take a plan back before it is decided; nothing of it is lost."""
    with transaction.atomic():
        held = locked(plan)
        return advance(actor=actor, plan=held, verb="withdraw_change" if held.approved else "withdraw")


def fingerprint(plan: Plan) -> int:
    """A number that grows with each change of a draft."""
    return sum(Section.objects.filter(plan=plan).values_list("version", flat=True))
