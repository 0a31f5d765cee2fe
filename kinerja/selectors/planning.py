"""What a teacher sees while planning: periods, plans and the steps of one plan."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from coordination.actors.actor import AT_SCHOOL, Actor
from coordination.actors.models import Membership, Organisation, Role, School

from ..models import Period, Plan, PlanEvent, Section, SectionCode
from ..policies.plans import EMPLOYEES
from ..rules.content import Gap, gaps
from .drafts import version_of
from .packs import periods_to_plan


@dataclass(frozen=True, slots=True)
class Step:
    """One section of the hub: its number, state in words, what the decider noted on it.

    `is_untouched` says that it was noted on and still reads as it was sent.
    """

    number: int
    code: str
    title: str
    url: str
    status: str
    tone: str
    note: str
    is_untouched: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A period that can be planned, and the actor's plan for it if there is one."""

    period: Period
    plan: Plan | None


def own_plans(actor: Actor) -> QuerySet[Plan]:
    """The actor's own plans, newest first; nobody outside a school has any."""
    if actor.role not in AT_SCHOOL:
        return Plan.objects.none()
    return Plan.objects.visible_to(actor).filter(owner=actor.user).select_related("period")


def slots(actor: Actor, plans: list[Plan]) -> list[Slot]:
    """The periods open for planning today, each with the plan already begun at the present school."""
    begun = {one.period_id: one for one in plans if one.path == actor.acting.path and one.state != "dipindahkan"}
    return [Slot(period, begun.get(period.pk)) for period in periods_to_plan(actor.today())]


def planner(actor: Actor) -> Actor | None:
    """The same person as guru (or kepala sekolah): who acts as penggerak or operator plans as what they also are.

    None when they are neither at a place the present role reaches.
    """
    if actor.role in EMPLOYEES:
        return actor
    own = (one for one in actor.memberships if one.role in EMPLOYEES and actor.covers(one.path))
    found = next(own, None)
    return Actor(actor.user, actor.memberships, found, via=actor.via) if found else None


def last_sent(actor: Actor, plan: Plan | None = None, pack_id: int | None = None) -> Plan | None:
    """The actor's latest plan that was sent, before `plan`, under the same pack; it can be begun from."""
    rows = own_plans(actor).filter(version__gt=0, pack_id=plan.pack_id if plan else pack_id)
    return (rows.exclude(pk=plan.pk) if plan else rows).order_by("-starts", "-pk").first()


def next_step(plan: Plan) -> tuple[str, str]:
    """What the owner does next with a plan, and the tone of its state."""
    return {
        Plan.State.DRAF: (_("Lanjutkan mengisi, lalu ajukan."), "info"),
        Plan.State.DIAJUKAN: (_("Tunggu putusan. Anda masih bisa menariknya."), "info"),
        Plan.State.DIKEMBALIKAN: (_("Perbaiki bagian yang diberi catatan, lalu ajukan lagi."), "warn"),
        Plan.State.DISETUJUI: (_("Jalankan rencana dan kumpulkan bukti."), "ok"),
        Plan.State.PERUBAHAN: (_("Selesaikan perubahan, lalu ajukan, atau batalkan."), "info"),
        Plan.State.DINILAI: (_("Baca penilaian, lalu beri tanggapan."), "warn"),
        Plan.State.KEBERATAN: (_("Tunggu jawaban atas keberatan Anda."), "info"),
        Plan.State.FINAL: (_("Selesai. Unduh SKP Anda."), "ok"),
        Plan.State.DIPINDAHKAN: (_("Dilanjutkan di sekolah yang baru."), "mute"),
    }[Plan.State(plan.state)]


def notes_of(plan: Plan) -> dict[str, str]:
    """What the decider noted on each section of a returned plan; empty in any other state."""
    if plan.state != Plan.State.DIKEMBALIKAN:
        return {}
    event = PlanEvent.objects.filter(plan=plan, verb="return", number=plan.version).first()
    return event.notes if event else {}


def steps_of(plan: Plan, draft: dict[str, Section], notes: dict[str, str]) -> list[Step]:
    """The four sections in the order of the form; the fifth step is the summary."""
    missing = gaps_in(plan, draft)
    sent = version_of(plan, plan.version) if notes else None
    return [
        Step(
            number,
            one.value,
            str(one.label),
            reverse("kinerja:section", args=[plan.pk, one.value]),
            *_status(plan, draft[one], missing, notes),
            notes.get(one, ""),
            one in notes and sent is not None and sent.content.get(one.value) == draft[one].content,
        )
        for number, one in enumerate(SectionCode, 1)
    ]


def gaps_in(plan: Plan, draft: dict[str, Section]) -> list[Gap]:
    """What is missing, without reading the draft again."""
    return gaps(plan.rules, plan.jenjang, {code: section.content for code, section in draft.items()})


def _status(plan: Plan, section: Section, missing: list[Gap], notes: dict[str, str]) -> tuple[str, str]:
    if not plan.is_open(section.code):
        return _("Terkunci"), "mute"
    if section.code in notes:
        return _("Ada catatan"), "warn"
    if section.version == 0:
        return _("Belum diisi"), "mute"
    if any(gap.section == section.code for gap in missing):
        return _("Sedang diisi"), "info"
    return _("Lengkap"), "ok"


def gap_url(plan: Plan, gap: Gap) -> str:
    """Where a gap is mended, to the very RHK or value."""
    if gap.section == SectionCode.PERILAKU and gap.part:
        return reverse("kinerja:value", args=[plan.pk, gap.part])
    return reverse("kinerja:section", args=[plan.pk, gap.section]) + (f"#rhk-{gap.part}" if gap.part else "")


def deciders(plan: Plan, today: date) -> list[str]:
    """The names of who decides: the principals of the plan's school (also Plt), or the Dinas that answers for it.

    A teacher may know who the own principal is, though the list of members is not theirs to read.
    """
    if plan.of_principal:
        school = School.objects.get(pk=plan.school_id)
        basic = school.level == School.Level.DASAR
        unit, region = ("kabkota", school.kabkota_id) if basic else ("provinsi", school.provinsi_id)
        offices = Organisation.objects.filter(unit=f"dinas_{unit}", wilayah_id=region, active=True)
        return list(offices.values_list("name", flat=True))
    rows = Membership.objects.filter(path=plan.path, role=Role.KEPSEK, starts__lte=today)
    rows = rows.filter(Q(until=None) | Q(until__gte=today)).exclude(user_id=plan.owner_id)
    return [str(one.user) for one in rows.select_related("user")]
