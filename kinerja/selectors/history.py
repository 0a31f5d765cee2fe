"""A plan's timeline and versions."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..models import Plan, PlanEvent, PlanVersion, SectionCode

BESIDE = {
    "begin": lambda: _("Rencana dimulai"),
    "split": lambda: _("Bagian di sekolah ini berakhir"),
    "arrive": lambda: _("Dilanjutkan dari sekolah sebelumnya"),
}
"""Events that change no state."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event in words, with the notes by section."""

    event: PlanEvent
    title: str
    notes: tuple[tuple[str, str], ...]


def timeline_of(plan: Plan) -> list[Happening]:
    """Everything that happened to a plan, first to last."""
    return [
        Happening(one, title_of(one), notes_of(one))
        for one in PlanEvent.objects.filter(plan_id=plan.pk).select_related("by")
    ]


def title_of(event: PlanEvent) -> str:
    """What happened, as a heading."""
    if event.verb in DONE:
        return DONE[event.verb]() % {"number": event.number}
    if event.verb in BESIDE:
        return BESIDE[event.verb]()
    change = Plan.TRANSITIONS.get(event.verb)
    return str(change.label) if change else event.verb


def notes_of(event: PlanEvent) -> tuple[tuple[str, str], ...]:
    """The decider's words by section's name, in the order of the steps."""
    return tuple((str(code.label), event.notes[code]) for code in SectionCode if event.notes.get(code))


def versions_of(plan: Plan) -> list[PlanVersion]:
    """All versions that were sent, newest first."""
    return list(PlanVersion.objects.filter(plan_id=plan.pk).select_related("by").order_by("-number"))


def last_decided(plan: Plan, *, before: int) -> int:
    """The newest version below `before` that was decided about; 0 when none was."""
    decided = PlanEvent.objects.filter(plan_id=plan.pk, verb__in=("approve", "return"), number__lt=before)
    return decided.order_by("-number").values_list("number", flat=True).first() or 0


def last_return(plan: Plan) -> Happening | None:
    """The return that a plan is being mended after, or None."""
    event = PlanEvent.objects.filter(plan_id=plan.pk, verb="return").select_related("by").last()
    return Happening(event, title_of(event), notes_of(event)) if event else None


DONE = {
    "submit": lambda: _("Diajukan sebagai versi %(number)d"),
    "withdraw": lambda: _("Versi %(number)d ditarik kembali"),
    "withdraw_change": lambda: _("Perubahan versi %(number)d ditarik kembali"),
    "return": lambda: _("Versi %(number)d dikembalikan"),
    "approve": lambda: _("Versi %(number)d disetujui"),
    "amend": lambda: _("Dibuka untuk diubah"),
    "keep": lambda: _("Perubahan dibatalkan; yang disetujui tetap berlaku"),
    "rate": lambda: _("Dinilai"),
    "object": lambda: _("Keberatan diajukan"),
    "answer": lambda: _("Keberatan dijawab"),
    "finish": lambda: _("Penilaian selesai"),
    "move": lambda: _("Dipindahkan ke sekolah baru"),
}
"""Headings of the changes of state, as something that has been done."""
