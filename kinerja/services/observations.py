"""The observation cycle: every step through one door, done once, in order, and told to the other side (PK-9)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Conflict, Refusal
from coordination.actors.transitions import step as next_state
from coordination.actors.zones import day_words

from ..gates import require_open
from ..gates.execution import step_action
from ..models import Observation, Plan, belongs
from ..selectors.observations import rubric_of
from .lifecycle import locked
from .news_execution import tell_other_side

Given = Mapping[str, Any]
TEXT_MOST = 2000


def take_step(*, actor: Actor, plan: Plan, step: str, version: int, given: Given) -> Observation:
    """Take one step of a plan's observation; `step` is a name of Observation.TRANSITIONS.

    `version` is the one the page showed (0 before the first proposal); `given` holds the step's own fields.
    Raises NotAllowed, Refusal saying what locks the step or which field to mend, Conflict with both versions when
    the other side was faster.
    """
    if step not in Observation.TRANSITIONS:
        raise Refusal(_("Langkah itu tidak ada."), mend=_("Muat ulang halaman."), code="unknown_step")
    with transaction.atomic():
        held = locked(plan)
        found = Observation.objects.filter(plan=held).first() or Observation(**belongs(held), version=0)
        _same_version(held, found, step, version, given)
        require_open(step_action(step), held, actor)
        values = VALUES[step](actor, held, found, given)
        found.state = next_state(Observation.TRANSITIONS, step, state=found.state)
        for name, value in values.items():
            setattr(found, name, value)
        found.version += 1
        found.save()
        tell_other_side(actor=actor, plan=held, observation=found, step=step)
    return found


def _same_version(plan: Plan, found: Observation, step: str, version: int, given: Given) -> None:
    if found.version == version:
        return
    label = _("Langkah")
    raise Conflict(
        _("Observasi ini sudah berubah sejak Anda membukanya."),
        mine={label: str(Observation.TRANSITIONS[step].label), **_in_words(given)},
        theirs={label: found.get_state_display(), **_in_words({"held_on": found.held_on, "place": found.place})},
        mend=_("Buka lagi halaman observasi; tulisan Anda ada di atas, salin bila masih perlu."),
    )


def _in_words(given: Given) -> dict[str, str]:
    labels = {one.name: str(one.verbose_name) for one in Observation._meta.fields}
    found = {}
    for name, value in given.items():
        if name in labels and value not in (None, "", {}):
            found[labels[name]] = day_words(value) if isinstance(value, date) else str(value)
    return found


def _proposal(actor: Actor, plan: Plan, found: Observation, given: Given) -> dict[str, Any]:
    day = given.get("held_on")
    if day is None:
        raise Refusal(_("Tanggal observasi wajib diisi."), mend=_("Pilih tanggalnya."), field="held_on")
    _within_stretch(plan, day, "held_on")
    return {
        "held_on": day,
        "starts": given.get("starts"),
        "place": str(given.get("place") or "").strip()[:120],
        "proposed_by": actor.user,
    }


def _agreement(actor: Actor, plan: Plan, found: Observation, given: Given) -> dict[str, Any]:
    return {}


def _words(name: str) -> Callable[[Actor, Plan, Observation, Given], dict[str, Any]]:
    """A step that writes one text, and needs it."""

    def values(actor: Actor, plan: Plan, found: Observation, given: Given) -> dict[str, Any]:
        text = str(given.get(name) or "").strip()
        if not text:
            raise Refusal(
                _("Bagian ini masih kosong."), mend=_("Tuliskan hasilnya dalam beberapa kalimat."), field=name
            )
        return {name: text[:TEXT_MOST]}

    return values


def _rubric(actor: Actor, plan: Plan, found: Observation, given: Given) -> dict[str, Any]:
    """Every focus behaviour of the indicator with a level of the pack's scale; its words are kept with it."""
    scores, levels = given.get("rubric") or {}, range(len(plan.rules.scale))
    rubric = {}
    for row in rubric_of(plan, Observation(plan=plan)):
        one = scores.get(row.number) or {}
        if one.get("score") not in levels:
            raise Refusal(
                _("Pilih tingkat untuk “%(focus)s”.") % {"focus": row.focus},
                mend=_("Semua perilaku fokus perlu dinilai."),
                field=f"score_{row.number}",
            )
        rubric[row.number] = {
            "focus": row.focus,
            "score": one["score"],
            "note": str(one.get("note") or "").strip()[:TEXT_MOST],
        }
    agreed: date = found.held_on or plan.starts
    day: date = given.get("observed_on") or agreed
    _within_stretch(plan, day, "observed_on")
    if not agreed <= day <= actor.today():
        raise Refusal(
            _("Hari observasi paling awal %(from)s dan paling akhir hari ini.") % {"from": day_words(agreed)},
            mend=_("Tulis hari observasi yang sebenarnya; bila lebih awal, sepakati dulu tanggalnya."),
            field="observed_on",
        )
    note = str(given.get("observer_note") or "").strip()[:TEXT_MOST]
    return {"rubric": rubric, "observer_note": note, "observed_on": day, "observed_by": actor.user}


def _within_stretch(plan: Plan, day: date, field: str) -> None:
    if not plan.starts <= day <= plan.until:
        raise Refusal(
            _("Tanggal itu di luar rencana ini (%(from)s sampai %(until)s).")
            % {"from": day_words(plan.starts), "until": day_words(plan.until)},
            mend=_("Pilih tanggal di antaranya."),
            field=field,
        )


VALUES = {
    "propose": _proposal,
    "agree": _agreement,
    "prepare": _words("preparation"),
    "observe": _rubric,
    "follow": _words("follow_up"),
    "improve": _words("improvement"),
    "reflect": _words("reflection"),
}
