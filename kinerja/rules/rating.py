"""What is rated in a plan, what the ratings suggest, and what a whole rating must hold (PK-10)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .pack import LEVELS, Pack, Utama

PRAKTIK = "praktik"
NEEDS_REASON = ("atas", "bawah")
REASON_MOST = 500

Marks = Mapping[str, Mapping[str, str]]
"""By subject {"level", "reason"}; a draft may leave either empty."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing to be rated: `code` as kept in Rating.subject, `side` hasil or perilaku, `number` of an RHK or 0."""

    code: str
    label: str
    side: str
    number: int = 0
    detail: str = ""

    @property
    def field(self) -> str:
        """The code as the name of a form's field."""
        return self.code.replace(":", "_")


def subjects_of(pack: Pack, *, indicator: str, numbers: Iterable[int]) -> list[Subject]:
    """The praktik pembelajaran, each RHK of the plan and each value, in this order."""
    chosen = next((one.name for one in pack.indicators if one.code == indicator), "")
    found = [Subject(PRAKTIK, _("Praktik pembelajaran"), "hasil", detail=chosen)]
    for number in sorted(numbers):
        rhk = pack.rhk(number)
        detail = "" if isinstance(rhk, Utama) else _("tugas tambahan")
        found.append(Subject(f"rhk:{number}", f"RHK {number}. {rhk.short}", "hasil", number, detail))
    found += [Subject(f"nilai:{one.code}", one.name, "perilaku") for one in pack.values]
    return found


def suggest(levels: Iterable[str]) -> str:
    """The level given most often; "sesuai" when two are given equally often; empty without any.

    A suggestion only: PermenPANRB 6/2022 leaves the overall rating to the assessor and names no arithmetic.
    """
    given = [level for level in levels if level in LEVELS]
    if not given:
        return ""
    counts = {level: given.count(level) for level in LEVELS}
    first, second = sorted(LEVELS, key=lambda level: -counts[level])[:2]
    return "sesuai" if counts[first] == counts[second] else first


def suggestions(subjects: Iterable[Subject], marks: Marks) -> dict[str, str]:
    """The suggested overall rating for each side, from what is rated so far."""
    found: dict[str, list[str]] = {"hasil": [], "perilaku": []}
    for one in subjects:
        found[one.side].append(marks.get(one.code, {}).get("level", ""))
    return {side: suggest(levels) for side, levels in found.items()}


def unlike(
    subjects: Iterable[Subject], marks: Marks, overall: Mapping[str, str], *, bare: Iterable[int] = ()
) -> dict[str, str]:
    """The suggestion of each side whose overall rating is another one; the `bare` RHK count as below expectation.

    While parts are not rated yet, only where no level given to them would suggest what was chosen.
    """
    without, found = set(bare), {}
    for side, chosen in overall.items():
        levels = [
            "bawah" if one.number in without else marks.get(one.code, {}).get("level", "")
            for one in subjects
            if one.side == side
        ]
        given = [level for level in levels if level in LEVELS]
        still_open = len(levels) - len(given)
        if chosen in LEVELS and all(suggest([*given, *[level] * still_open]) != chosen for level in LEVELS):
            found[side] = suggest(given)
    return found


@dataclass(frozen=True, slots=True)
class Lack:
    """What a rating lacks at one field of its form: in a sentence of its own, and shorter beside the field."""

    field: str
    text: str
    beside: str
    mend: str


def missing(subjects: Iterable[Subject], marks: Marks, *, bare: Iterable[int] = ()) -> list[Lack]:
    """All that the ratings of the subjects lack; `bare` are the RHK that have no evidence."""
    without, found, mend = set(bare), [], _("Lengkapi, lalu simpan lagi.")
    for one in subjects:
        level, reason = (marks.get(one.code, {}).get(name, "") for name in ("level", "reason"))
        what, is_bare = {"what": one.label}, one.number in without
        if level not in LEVELS:
            said = _("%(what)s belum dinilai.") % what
            found.append(Lack(f"level_{one.field}", said, _("Belum dinilai."), mend))
        elif is_bare and level != "bawah":
            said = _("%(what)s tanpa bukti: hanya bisa “di bawah ekspektasi”.") % what
            beside = _("Tanpa bukti: hanya bisa “di bawah ekspektasi”.")
            found.append(Lack(f"level_{one.field}", said, beside, mend))
        if (level in NEEDS_REASON or (is_bare and level)) and not reason.strip():
            # The field says only "Alasan", so its error names the subject.
            said = _("%(what)s: tuliskan alasan penilaian ini.") % what
            found.append(Lack(f"reason_{one.field}", said, said, mend))
    return found
