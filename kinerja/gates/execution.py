"""What locks the doing of a plan: its observation, step by step, and its evidence (PK-9)."""

from collections.abc import Callable, Iterator
from functools import partial

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.zones import day_words

from ..models import Observation, Plan, PlanItem
from ..policies.plans import owns
from ..selectors.observations import observation_of
from .base import STEP_OF_OBSERVATION, Block, gate, guide


def step_action(step: str) -> str:
    """The action of a plan that a step of its observation is, for gates and the page that explains them."""
    return STEP_OF_OBSERVATION + step


STEPS = tuple(step_action(step) for step in Observation.TRANSITIONS)


@gate("observe", "evidence", *STEPS)
def plan_is_running(plan: Plan, actor: Actor) -> Iterator[Block]:
    """Nothing is done of a plan that was not approved, and nothing more once it is rated."""
    if not plan.is_running:
        yield Block(
            rule=_("Observasi dan bukti dukung hanya untuk rencana yang sudah disetujui dan belum dinilai."),
            source=guide(_("Observasi")),
            facts=((_("Keadaan rencana sekarang"), plan.get_state_display()),),
            who=_("Atasan menyetujui rencana yang diajukan; sesudah penilaian, isinya tidak berubah lagi.")
            if plan.state not in Plan.RATED
            else _("Rencana ini sudah dinilai. Sampaikan keberatan bila masanya masih terbuka."),
        )


@gate("observe", *STEPS)
def indicator_can_be_observed(plan: Plan, actor: Actor) -> Iterator[Block]:
    if plan.is_running and not plan.indicator:
        yield Block(
            rule=_("Rencana ini tidak memuat indikator praktik pembelajaran untuk diobservasi."),
            source=guide(_("Observasi")),
            who=_("Pemilik rencana mengubah rencana dan memilih satu indikator."),
        )


@gate("evidence")
def stretch_has_begun(plan: Plan, actor: Actor) -> Iterator[Block]:
    if plan.is_running and actor.today() < plan.starts:
        yield Block(
            rule=_("Bukti dukung ditambahkan mulai %(day)s, hari pertama rencana ini.")
            % {"day": day_words(plan.starts)},
            source=guide(_("Bukti dukung")),
            facts=((_("Hari ini"), day_words(actor.today())),),
            who=_("Tunggu sampai periodenya mulai."),
        )


def dropped_item(item: PlanItem) -> Block:
    """Why an RHK that a change took out of the plan gets no more evidence."""
    return Block(
        rule=_("RHK ini tidak lagi ada di rencana yang disetujui."),
        source=guide(_("Bukti dukung")),
        facts=(("RHK", str(item.number)),),
        who=_("Pilih RHK lain, atau ubah rencana."),
    )


def _step_is_open(step: str, plan: Plan, actor: Actor) -> Iterator[Block]:
    """A step is open from the states its transition names, and where it has a rule of its own, by that.

    A plan that is not running says that alone.
    """
    if not plan.is_running:
        return
    change, found = Observation.TRANSITIONS[step], observation_of(plan)
    if found.state in change.sources:
        yield from MORE.get(step, _nothing)(plan, found, actor)
        return
    yield Block(
        rule=_("Langkah “%(step)s” hanya terbuka pada keadaan: %(states)s.")
        % {
            "step": change.label,
            "states": ", ".join(str(Observation.State(one).label) for one in change.sources),
        },
        source=guide(_("Observasi")),
        facts=((_("Keadaan observasi sekarang"), found.get_state_display()),),
        who=STATE_WHO[Observation.State(found.state)](plan),
    )


for _step in Observation.TRANSITIONS:
    gate(step_action(_step))(partial(_step_is_open, _step))


def _other_side_agrees(plan: Plan, found: Observation, actor: Actor) -> Iterator[Block]:
    if (found.proposed_by_id == plan.owner_id) == owns(actor, plan):
        yield Block(
            rule=_("Tanggal disepakati oleh pihak yang tidak mengusulkannya."),
            source=guide(_("Observasi")),
            facts=((_("Diusulkan oleh"), str(found.proposed_by)), (_("Tanggal"), day_words(found.held_on))),
            who=_("Tunggu jawaban pihak lain, atau usulkan tanggal lain."),
        )


def _day_has_come(plan: Plan, found: Observation, actor: Actor) -> Iterator[Block]:
    if found.held_on and actor.today() < found.held_on:
        yield Block(
            rule=_("Rubrik diisi pada atau sesudah hari observasi, %(day)s.") % {"day": day_words(found.held_on)},
            source=guide(_("Observasi")),
            facts=((_("Hari ini"), day_words(actor.today())),),
            who=_("Tunggu sampai harinya, atau sepakati tanggal lain."),
        )


def _nothing(plan: Plan, found: Observation, actor: Actor) -> Iterator[Block]:
    return iter(())


MORE: dict[str, Callable[[Plan, Observation, Actor], Iterator[Block]]] = {
    "agree": _other_side_agrees,
    "observe": _day_has_come,
}


def observer(plan: Plan) -> str:
    """Who observes, in words that begin a sentence."""
    return capfirst(plan.decider_label)


STATE_WHO: dict[Observation.State, Callable[[Plan], str]] = {
    Observation.State.BELUM: lambda plan: _("Pemilik rencana atau pengamat mengusulkan tanggal."),
    Observation.State.DIUSULKAN: lambda plan: _("Pihak yang tidak mengusulkan menyepakati tanggalnya."),
    Observation.State.DISEPAKATI: lambda plan: _("%(who)s mencatat diskusi persiapan.") % {"who": observer(plan)},
    Observation.State.DISIAPKAN: lambda plan: (
        _("%(who)s mengisi rubrik pada hari observasi.") % {"who": observer(plan)}
    ),
    Observation.State.DIAMATI: lambda plan: _("%(who)s mencatat diskusi tindak lanjut.") % {"who": observer(plan)},
    Observation.State.DITINDAKLANJUTI: lambda plan: _("Pemilik rencana mencatat upaya perbaikan."),
    Observation.State.DIPERBAIKI: lambda plan: _("Pemilik rencana menulis refleksi."),
    Observation.State.SELESAI: lambda plan: _("Siklus observasi sudah selesai."),
}
