"""State changes as data: one declared table per model, checked by the services and drawn in the docs."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from coordination.actors.errors import Refusal


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed change: the verb on its button, the states it may start from, and where it ends."""

    label: Promise
    sources: tuple[str, ...]
    target: str
    needs_reason: bool = False


Table = Mapping[str, Transition]


def allowed(table: Table, state: str) -> dict[str, Transition]:
    """The changes a row in this state may make."""
    return {name: change for name, change in table.items() if state in change.sources}


def step(table: Table, name: str, *, state: str, reason: str = "") -> str:
    """The state a change leads to; raises Refusal from another state or without a needed reason."""
    change = table[name]
    if state not in change.sources:
        raise Refusal(
            _("Langkah “%(label)s” tidak bisa dilakukan dari keadaan sekarang.") % {"label": change.label},
            mend=_("Muat ulang halaman untuk melihat keadaan terakhir."),
            code="wrong_state",
        )
    if change.needs_reason and not reason.strip():
        raise Refusal(_("Alasan wajib diisi."), mend=_("Tuliskan alasannya dalam satu kalimat."), code="reason")
    return change.target
