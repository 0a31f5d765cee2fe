"""Why can't I? The rules that lock a step, each able to say what it looked at and who can change it.

A service and the page that explains it ask the same gate, so the explanation is the rule. A gate is a function
`(plan, actor) -> iterable of Block`, registered for an action of a plan:

    @gate("rate")
    def execution_is_done(plan, actor): ...

The files of this folder hold them by stage; `STAGES` in kinerja.apps loads them. Gates read; they never write.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.actors.actor import Actor
from coordination.actors.errors import NotAllowed, Refusal

from ..models import Observation, Plan, SectionCode
from ..policies import PlanPolicy


@dataclass(frozen=True, slots=True)
class Block:
    """One reason why a step is locked.

    `rule` is the rule in the user's words, `source` where it stands, `facts` pairs of (what, value) it looked at,
    `who` who can change that and how, `url` where.
    """

    rule: str
    source: str
    who: str
    facts: tuple[tuple[str, str], ...] = ()
    url: str = ""


def guide(part: str) -> str:
    """The part of the user guide that tells a rule, as the source of a block."""
    return _("Panduan pengguna: %(part)s") % {"part": part}


Gate = Callable[[Plan, Any], Iterable[Block]]
_gates: dict[str, list[Gate]] = {}

RIGHTS = {
    "submit": "write", "withdraw": "write", "withdraw_change": "write", "amend": "write", "keep": "write",
    "respond": "write", "object": "write", "simulate": "write", "evidence": "write", "export": "view",
    "approve": "decide", "return": "decide", "rate": "rate", "answer": "rate", "finish": "view", "observe": "view",
    "send": "view", "move": "write", "describe": "write",
    "observe_propose": "view", "observe_agree": "view", "observe_prepare": "observe", "observe_observe": "observe",
    "observe_follow": "observe", "observe_improve": "write", "observe_reflect": "write",
}  # fmt: skip
"""The right of PlanPolicy each action needs; what is not named here cannot be asked."""

STEP_OF_OBSERVATION = "observe_"
"""What stands before the name of a step of Observation.TRANSITIONS where it is an action of the plan."""


def gate(*actions: str) -> Callable[[Gate], Gate]:
    """Register a gate for some actions."""

    def register(function: Gate) -> Gate:
        for action in actions:
            if action not in RIGHTS:
                raise LookupError(f"no such action of a plan: {action}")
            _gates.setdefault(action, []).append(function)
        return function

    return register


BY_PORTAL = ("finish",)
"""What the portal itself does when its day has come; its gates are asked with None as the actor."""


def blocks(action: str, plan: Plan, actor: Actor | None) -> list[Block]:
    """Everything that locks an action now, the state of the plan first; empty when it is open."""
    found = _state_blocks(action, plan)
    if found:
        return found
    return [block for function in _gates.get(action, ()) for block in function(plan, actor)]


def require_open(action: str, plan: Plan, actor: Actor | None) -> None:
    """Raise NotAllowed without the right, or Refusal with the first rule that locks the action.

    `actor` is None for the portal's own work.
    """
    if actor is not None:
        PlanPolicy.require(actor, RIGHTS[action], plan)
    elif action not in BY_PORTAL:
        raise NotAllowed
    if found := blocks(action, plan, actor):
        raise Refusal(found[0].rule, mend=found[0].who, code=f"locked_{action}")


def may_ask(action: str, plan: Plan, actor: Actor) -> bool:
    """Whether the actor has the right an action needs, whatever the state."""
    return PlanPolicy.may(actor, RIGHTS[action], plan)


def explain(action: str, plan: Plan, actor: Actor) -> list[Block]:
    """`blocks` for somebody who may only look: first who the step belongs to, when it is not this reader."""
    if may_ask(action, plan, actor):
        return blocks(action, plan, actor)
    whose = OWNERS[RIGHTS[action]](plan)
    return [
        Block(
            rule=_("Langkah “%(step)s” milik %(whose)s.") % {"step": label_of(action), "whose": whose},
            source=guide(_("Rencana kinerja")),
            facts=((_("Anda bertindak sebagai"), actor.acting.label),),
            who=_("Hubungi %(whose)s.") % {"whose": whose},
        ),
        *blocks(action, plan, actor),
    ]


def section_blocks(plan: Plan, code: str) -> list[Block]:
    """What locks one part of the draft; empty when it can be written."""
    if plan.is_open(code):
        return []
    states = dict(Plan.State.choices)
    if not plan.is_writable:
        return [
            Block(
                rule=_("Bagian rencana hanya bisa diubah pada keadaan: %(states)s.")
                % {"states": ", ".join(str(states[one]) for one in Plan.WRITABLE)},
                source=guide(_("Rencana kinerja")),
                facts=((_("Keadaan rencana sekarang"), str(states[plan.state])),),
                who=STATE_WHO[plan.state](plan),
            )
        ]
    opened = ", ".join(str(SectionCode(one).label) for one in plan.open_sections)
    return [
        Block(
            rule=_("Sesudah dikembalikan, hanya bagian yang diberi catatan yang terbuka."),
            source=guide(_("Rencana kinerja")),
            facts=((_("Bagian yang terbuka"), opened),),
            who=_("Ajukan lagi, atau minta %(who)s memberi catatan juga pada bagian ini.")
            % {"who": plan.decider_label},
        )
    ]


def label_of(action: str) -> str:
    """The verb of an action, as its button says it."""
    change = Plan.TRANSITIONS.get(action) or Observation.TRANSITIONS.get(action.removeprefix(STEP_OF_OBSERVATION))
    return str(change.label if change else LABELS[action])


LABELS = {
    "respond": gettext_lazy("Beri tanggapan"),
    "simulate": gettext_lazy("Simulasi predikat"),
    "evidence": gettext_lazy("Tambah bukti dukung"),
    "describe": gettext_lazy("Ubah data pegawai"),
    "export": gettext_lazy("Unduh SKP"),
    "observe": gettext_lazy("Observasi"),
    "send": gettext_lazy("Kirim ke e-Kinerja"),
}
OWNERS: dict[str, Callable[[Plan], str]] = {
    "view": lambda plan: _("pemilik rencana dan penilainya"),
    "write": lambda plan: _("pemilik rencana"),
    "decide": lambda plan: plan.decider_label,
    "observe": lambda plan: plan.decider_label,
    "rate": lambda plan: plan.decider_label,
}
"""Who holds a right of PlanPolicy, in words."""


def _state_blocks(action: str, plan: Plan) -> list[Block]:
    change = Plan.TRANSITIONS.get(action)
    if change is None or plan.state in change.sources:
        return []
    states = dict(Plan.State.choices)
    return [
        Block(
            rule=_("Langkah “%(step)s” hanya terbuka pada keadaan: %(states)s.")
            % {"step": change.label, "states": ", ".join(str(states[one]) for one in change.sources)},
            source=guide(_("Rencana kinerja")),
            facts=((_("Keadaan rencana sekarang"), str(states[plan.state])),),
            who=STATE_WHO[plan.state](plan),
        )
    ]


STATE_WHO: dict[str, Callable[[Plan], str]] = {
    Plan.State.DRAF: lambda plan: _("Pemilik rencana melengkapi lalu mengajukannya."),
    Plan.State.DIAJUKAN: lambda plan: (
        _("Tunggu putusan %(who)s, atau pemilik menariknya kembali.") % {"who": plan.decider_label}
    ),
    Plan.State.DIKEMBALIKAN: lambda plan: _("Pemilik rencana memperbaiki bagian yang diberi catatan."),
    Plan.State.DISETUJUI: lambda plan: _("Rencana sedang berjalan; pemilik mengubahnya lewat “Ubah rencana”."),
    Plan.State.PERUBAHAN: lambda plan: _("Pemilik mengajukan perubahan, atau membatalkannya."),
    Plan.State.DINILAI: lambda plan: _("Pemilik memberi tanggapan, atau tunggu masa keberatan berakhir."),
    Plan.State.KEBERATAN: lambda plan: _("Tunggu jawaban keberatan dari %(who)s.") % {"who": plan.decider_label},
    Plan.State.FINAL: lambda plan: _("Penilaian sudah selesai dan tidak berubah lagi."),
    Plan.State.DIPINDAHKAN: lambda plan: _("Lanjutkan di rencana sekolah yang baru."),
}
