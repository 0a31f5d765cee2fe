"""What each number of the progress page means: which counts it sums, in words and as data."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coordination.actors.actor import Actor

from ..models import Plan
from ..rules.pack import Pack
from .areas import Area
from .progress import APPROVED, STAGES, SUBMITTED, Cut, Progress, counts_below, progress

State = Plan.State


@dataclass(frozen=True)
class Measure:
    """One number: the tallies of `dimension` whose value is among `values`."""

    key: str
    label: str | Promise
    formula: str | Promise
    dimension: str
    values: frozenset[str]
    fine: bool = False
    """Whether it could name somebody where plans are few (`rules.small`)."""


_EXISTING = frozenset(State.values) - {State.DIPINDAHKAN}
_FIXED = (
    Measure(
        "rencana",
        _("Rencana"),
        _("Semua rencana kinerja periode ini di sekolah wilayah ini, dalam keadaan apa pun. Rencana yang dipindahkan "
          "ke sekolah lain dihitung di sekolah barunya saja."),
        "state",
        _EXISTING,
    ),
    Measure(
        "diajukan",
        _("Sudah diajukan"),
        _("Rencana yang pernah diajukan: menunggu putusan, dikembalikan, berjalan, sedang diubah, dinilai, keberatan, "
          "dan selesai. Rencana yang ditarik kembali menjadi draf lagi dan tidak termasuk."),
        "state",
        frozenset(SUBMITTED),
    ),
    Measure(
        "disetujui",
        _("Sudah disetujui"),
        _("Rencana yang disetujui atasan: berjalan, sedang diubah, dinilai, keberatan, dan selesai. Perubahan rencana "
          "yang sudah diajukan dihitung sebagai menunggu putusan sampai diputuskan."),
        "state",
        frozenset(APPROVED),
    ),
    Measure(
        "guru",
        _("Guru (Dapodik)"),
        _("Jumlah guru yang tercatat di Dapodik pada sekolah aktif di wilayah ini. Sekolah yang jumlah gurunya belum "
          "diisi dihitung nol."),
        "guru",
        frozenset({"ada"}),
    ),
    Measure(
        "sekolah",
        _("Sekolah"),
        _("Jumlah sekolah aktif yang tercatat di wilayah ini. Untuk rencana kepala sekolah inilah pembandingnya: satu "
          "kepala sekolah untuk tiap sekolah."),
        "sekolah",
        frozenset({"ada"}),
    ),
)  # fmt: skip


def measures(pack: Pack) -> dict[str, Measure]:
    """Every number that can be explained, by its key in the address."""
    found = list(_FIXED)
    for key, (label, states) in STAGES.items():
        found.append(
            Measure(f"tahap-{key}", label, _("Jumlah rencana dalam keadaan yang termasuk tahap ini."), "state",
                    frozenset(states))
        )  # fmt: skip
    for state in State:
        found.append(
            Measure(f"keadaan-{state}", state.label,
                    _("Jumlah rencana yang sekarang dalam keadaan ini. Keadaan tidak ditampilkan bila kurang dari 5 "
                      "rencana pada satu jenjang dan jenis pegawai di suatu wilayah; tahapnya tetap tampak."), "state",
                    frozenset({state.value}), fine=state != State.FINAL)
        )  # fmt: skip
    for indicator in pack.indicators:
        found.append(
            Measure(f"indikator-{indicator.code}", indicator.name,
                    _("Jumlah rencana yang memilih indikator ini, dihitung sejak rencananya disetujui. Indikator tidak "
                      "ditampilkan bila kurang dari 5 rencana pada satu jenjang dan jenis pegawai di suatu wilayah."),
                    "indicator", frozenset({indicator.code}), fine=True)
        )  # fmt: skip
    for predicate in pack.predicates:
        found.append(
            Measure(f"predikat-{predicate.code}", predicate.name,
                    _("Jumlah rencana dengan predikat ini. Predikat tidak ditampilkan bila kurang dari 5 rencana yang "
                      "dinilai pada satu jenjang dan jenis pegawai di suatu wilayah."), "predicate",
                    frozenset({predicate.code}), fine=True)
        )  # fmt: skip
    return {one.key: one for one in found}


@dataclass(frozen=True)
class Explained:
    """A number and what it is made of: `rows` are the parts above zero as (code, name, number), the largest first.

    `number` is None where plans are too few to show it; `unshown` says how many plans those are.
    """

    measure: Measure
    number: int | None
    rows: list[tuple[str, str, int]]
    unshown: int

    @property
    def listed(self) -> int:
        """The sum of the rows; less than the number where some are too small to be shown."""
        return sum(number for _code, _name, number in self.rows)


def explained(actor: Actor, area: Area, cut: Cut, measure: Measure) -> Explained:
    """A number as the page shows it, with its rows; two statements."""
    found = progress(actor, area, cut)
    below = counts_below(actor, area, cut, measure.dimension, measure.values, fine=measure.fine)
    rows = [(code, area.parts.get(code, code), number) for code, number in below.items() if number]
    rows.sort(key=lambda row: (-row[2], row[1]))
    unshown = found.unshown[measure.dimension] if measure.fine else 0
    return Explained(measure, _value(found, measure), rows, unshown)


def _value(found: Progress, measure: Measure) -> int | None:
    if measure.fine:
        return found.fine(measure.dimension, measure.values)
    if measure.dimension == "state":
        return found.total.of(measure.values)
    if measure.dimension == "guru":
        return found.total.teachers
    return found.total.schools
