"""What stands beside each thing that is rated: the evidence, what was observed, what was planned."""

from dataclasses import dataclass
from typing import Any

from ..models import Evidence, Level, Plan
from ..rules.rating import PRAKTIK, Marks, Subject, subjects_of
from .assessments import Done, approved_content


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of an observation's rubric: the focus behaviour, the words of the scale, a note."""

    focus: str
    level: str
    note: str


@dataclass(frozen=True, slots=True)
class Part:
    """A subject with what it is judged by, and its rating so far (empty words before)."""

    subject: Subject
    evidence: tuple[Evidence, ...] = ()
    planned: str = ""
    how: str = ""
    seen: tuple[Seen, ...] = ()
    level: str = ""
    reason: str = ""
    before: str = ""
    before_reason: str = ""

    @property
    def level_label(self) -> str:
        return str(Level(self.level).label) if self.level else ""

    @property
    def tone(self) -> str:
        return TONES.get(self.level, "mute")

    @property
    def before_label(self) -> str:
        return str(Level(self.before).label) if self.before else ""


TONES = {"atas": "ok", "sesuai": "info", "bawah": "warn"}


def parts_of(plan: Plan, done: Done, marks: Marks, before: Marks | None = None) -> list[Part]:
    """Everything that is rated, in order; `before` are the marks an objection changed."""
    content = approved_content(plan)
    items = {one.number: one for one in done.items}
    values = content.get("perilaku", {}).get("values", {})
    parts = []
    for one in subjects_of(plan.rules, indicator=plan.indicator, numbers=items):
        mark, was = marks.get(one.code, {}), (before or {}).get(one.code, {})
        common: dict[str, Any] = {
            "level": mark.get("level", ""),
            "reason": mark.get("reason", ""),
            "before": was.get("level", "") if was != mark else "",
            "before_reason": was.get("reason", "") if was != mark else "",
        }
        if one.code == PRAKTIK:
            parts.append(Part(one, seen=tuple(_seen(plan, done)), **common))
        elif one.number:
            item = items[one.number]
            parts.append(Part(one, tuple(done.evidence.get(item.pk, ())), _planned(plan, item), **common))
        else:
            given = values.get(one.code.removeprefix("nilai:"), {})
            behaviours = "; ".join(given.get("behaviours", []))
            parts.append(Part(one, planned=behaviours, how=given.get("how", ""), **common))
    return parts


def _planned(plan: Plan, item) -> str:
    rhk = plan.rules.rhk(item.number)
    unit = getattr(rhk, "unit", "")
    per = getattr(rhk, "per", 1)
    return f"{item.quantity * per} {unit}" if unit else ""


def _seen(plan: Plan, done: Done) -> list[Seen]:
    observation = done.observation
    if observation is None or not observation.rubric:
        return []
    scale, focus = plan.rules.scale, _focus(plan)
    rows = sorted(observation.rubric.items(), key=lambda pair: int(pair[0]))
    return [
        Seen(given.get("focus") or focus.get(number, number), scale[given["score"]], given.get("note", ""))
        for number, given in rows
    ]


def _focus(plan: Plan) -> dict[str, str]:
    found = plan.rules.indicator(plan.indicator).focus if plan.indicator else ()
    return {str(number): one for number, one in enumerate(found, 1)}
