"""The timeline of an observation: what was done, whose turn it is, and what locks the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coordination.actors.actor import Actor

from ..forms.execution import StepForm, step_form
from ..gates import Block, blocks, may_ask
from ..gates.execution import step_action
from ..models import Observation, Plan

State = Observation.State
ORDER = list(State)
LINES: tuple[tuple[str, Promise, tuple[str, ...], State], ...] = (
    ("date", _("Sepakati tanggal"), ("agree", "propose"), State.DISEPAKATI),
    ("preparation", _("Diskusi persiapan"), ("prepare",), State.DISIAPKAN),
    ("observation", _("Observasi kelas dengan rubrik"), ("observe",), State.DIAMATI),
    ("follow_up", _("Diskusi tindak lanjut"), ("follow",), State.DITINDAKLANJUTI),
    ("improvement", _("Upaya perbaikan"), ("improve",), State.DIPERBAIKI),
    ("reflection", _("Refleksi"), ("reflect",), State.SELESAI),
)
"""A line's name, its title, the steps that are taken in it, and the state from which on it is done."""


@dataclass
class Line:
    """One line of the timeline; `forms` are the steps this reader can take now, `locked` those they cannot yet."""

    name: str
    title: Promise
    state: str
    forms: list[StepForm] = field(default_factory=list)
    locked: list[Block] = field(default_factory=list)
    action: str = ""

    @property
    def is_done(self) -> bool:
        return self.state == "done"


def timeline(
    actor: Actor, plan: Plan, observation: Observation, sent: Mapping[str, StepForm] | None = None
) -> list[Line]:
    """The six lines; `sent` holds the form that came back with mistakes, by its step."""
    reached, lines, now_found = ORDER.index(State(observation.state)), [], False
    for name, title, steps, done_from in LINES:
        done = reached >= ORDER.index(done_from)
        now = not done and not now_found
        now_found = now_found or now
        line = Line(name, title, "done" if done else "now" if now else "")
        open_again = name == "date" and observation.state in (State.DISEPAKATI, State.DISIAPKAN)
        if now or open_again:
            for step in steps:
                _offer(line, actor, plan, observation, step, sent or {})
        elif not done and may_ask(step_action(steps[0]), plan, actor):
            line.action = step_action(steps[0])
        lines.append(line)
    return lines


def _offer(
    line: Line, actor: Actor, plan: Plan, observation: Observation, step: str, sent: Mapping[str, StepForm]
) -> None:
    action = step_action(step)
    if not may_ask(action, plan, actor) or observation.state not in Observation.TRANSITIONS[step].sources:
        return
    if found := blocks(action, plan, actor):
        line.locked, line.action = found, action
    else:
        line.forms.append(sent.get(step) or step_form(step, None, plan=plan, observation=observation))
