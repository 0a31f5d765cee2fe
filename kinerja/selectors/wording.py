"""A plan's content in readable words, and what of it changed, marked with a word for whoever reads (PK-3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from coordination.actors.zones import day_words

from ..models import SectionCode
from ..rules.content import quantities
from ..rules.pack import Pack, Tambahan, Utama

Contents = Mapping[str, Mapping[str, Any]]


class Mark(StrEnum):
    """How a line stands to the earlier version."""

    SAME = ""
    ADDED = "ditambahkan"
    REMOVED = "dihapus"
    CHANGED = "diubah"


@dataclass(frozen=True, slots=True)
class Line:
    """One choice of a plan: its name, the words under it, its points, its mark, and the words it had before."""

    label: str
    words: tuple[str, ...]
    points: int | None = None
    mark: Mark = Mark.SAME
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a plan with its lines."""

    code: SectionCode
    lines: tuple[Line, ...]

    @property
    def changed(self) -> int:
        """How many lines are marked."""
        return sum(line.mark is not Mark.SAME for line in self.lines)


def parts_of(pack: Pack, contents: Contents, before: Contents | None = None) -> list[Part]:
    """All sections in words; with the contents `before`, what was added, removed or changed is marked."""
    found = []
    for code in SectionCode:
        new = lines_of(pack, code, contents.get(code, {}))
        if before is None:
            lines: Iterable[Line] = new.values()
        else:
            lines = _marked(lines_of(pack, code, before.get(code, {})), new)
        found.append(Part(code, tuple(lines)))
    return found


def changes_of(pack: Pack, before: Contents, after: Contents) -> list[Part]:
    """Only what differs between two contents, section by section; empty when they are the same."""
    parts = (
        Part(part.code, tuple(line for line in part.lines if line.mark is not Mark.SAME))
        for part in parts_of(pack, after, before)
    )
    return [part for part in parts if part.lines]


def lines_of(pack: Pack, code: str, content: Mapping[str, Any]) -> dict[str, Line]:
    """The lines of one section by a key that two versions share."""
    return WRITERS[SectionCode(code)](pack, content)


def _marked(old: dict[str, Line], new: dict[str, Line]) -> Iterable[Line]:
    for key, line in new.items():
        was = old.get(key)
        if was is None:
            yield Line(line.label, line.words, line.points, Mark.ADDED)
        elif was.words != line.words:
            yield Line(line.label, line.words, line.points, Mark.CHANGED, was.words)
        else:
            yield line
    for key, line in old.items():
        if key not in new:
            yield Line(line.label, line.words, None, Mark.REMOVED)


def _praktik(pack: Pack, content: Mapping[str, Any]) -> dict[str, Line]:
    code = content.get("indicator")
    if not code:
        return {}
    one = pack.indicator(code)
    return {"indicator": Line(_("Indikator"), (one.name, one.group))}


def _kompetensi(pack: Pack, content: Mapping[str, Any]) -> dict[str, Line]:
    chosen = quantities(content)
    found = {str(one.number): _utama(one, chosen[one.number]) for one in pack.utama if one.number in chosen}
    if reason := content.get("under_reason"):
        found["under"] = Line(_("Alasan di bawah batas poin"), (reason,))
    return found


def _utama(one: Utama, count: int) -> Line:
    points = one.points * count if one.points else None
    amount = f"{count * one.per} {one.unit}"
    if points is not None:
        amount = _("%(amount)s = %(points)d poin") % {"amount": amount, "points": points}
    return Line(_rhk(one), (one.text, amount), points)


def _tambahan(pack: Pack, content: Mapping[str, Any]) -> dict[str, Line]:
    found = {}
    for number, given in sorted(content.get("items", {}).items(), key=lambda pair: int(pair[0])):
        one = pack.rhk(int(number))
        sk = _("SK %(number)s, %(day)s") % {"number": given["sk_number"] or "–", "day": day_said(given["sk_date"])}
        report = _("Laporan: %(report)s") % {"report": given["report"] or "–"}
        found[number] = Line(_rhk(one), (one.text, sk, report))
    return found


def _perilaku(pack: Pack, content: Mapping[str, Any]) -> dict[str, Line]:
    given = content.get("values", {})
    return {
        one.code: Line(one.name, (*given[one.code]["behaviours"], given[one.code]["how"]))
        for one in pack.values
        if one.code in given
    }


def _rhk(one: Utama | Tambahan) -> str:
    return f"RHK {one.number}"


def day_said(text: str) -> str:
    """A day kept as 2026-07-10 in words; anything else as it stands."""
    try:
        return day_words(date.fromisoformat(text))
    except ValueError:
        return text or "–"


WRITERS = {
    SectionCode.PRAKTIK: _praktik,
    SectionCode.KOMPETENSI: _kompetensi,
    SectionCode.TAMBAHAN: _tambahan,
    SectionCode.PERILAKU: _perilaku,
}
