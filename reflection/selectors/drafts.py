"""The draft of a report as its writers see it: six parts of five places, and what is still missing."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ..models import Component, Kind, Priority, Report
from ..models.reports import RANKS


@dataclass
class Part:
    """One component with its five places; `pairs` puts risk n beside mitigation n."""

    component: Component
    is_open: bool
    places: list[Priority] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        return Kind(self.component.kind)

    @property
    def filled(self) -> list[Priority]:
        return [place for place in self.places if place.text]

    @property
    def texts(self) -> dict[int, str]:
        return {place.rank: place.text for place in self.places}

    @property
    def progress(self) -> str:
        values = {"number": self.kind.number, "filled": len(self.filled), "all": len(RANKS)}
        return _("Komponen %(number)d: %(filled)d dari %(all)d terisi") % values


@dataclass(frozen=True)
class Gap:
    """Something that keeps a draft from being sent, and the component in which it is mended."""

    kind: Kind
    message: str


def draft_of(report: Report) -> list[Part]:
    """The six parts in the order of the seed, with places and their sources; three statements."""
    components = {
        one.kind: one
        for one in Component.objects.filter(report=report)
        .select_related("updated_by")
        .prefetch_related("priorities__sources")
    }
    return [
        Part(
            components[kind], report.is_open(kind), sorted(components[kind].priorities.all(), key=lambda one: one.rank)
        )
        for kind in Kind
    ]


def gaps_of(parts: list[Part]) -> list[Gap]:
    """What is missing before a report can be sent; an empty list means it can."""
    by_kind = {part.kind: part for part in parts}
    found = []
    for part in parts:
        found += _holes(part)
        paired = part.kind == Kind.MITIGASI and len(part.filled) == len(by_kind[Kind.RISIKO].filled)
        if len(part.filled) < len(RANKS) and not part.component.reason_fewer and not paired:
            message = _("Baru %(filled)d dari 5 terisi. Lengkapi, atau jelaskan mengapa hanya ada %(filled)d hal.")
            found.append(Gap(part.kind, message % {"filled": len(part.filled)}))
    risks, answers = by_kind[Kind.RISIKO].texts, by_kind[Kind.MITIGASI].texts
    for rank in RANKS:
        if risks[rank] and not answers[rank]:
            found.append(Gap(Kind.MITIGASI, _("Risiko %(rank)d belum punya mitigasi.") % {"rank": rank}))
        if answers[rank] and not risks[rank]:
            found.append(Gap(Kind.MITIGASI, _("Mitigasi %(rank)d tidak punya risiko.") % {"rank": rank}))
    return found


def done_of(parts: list[Part]) -> set[Kind]:
    """The components that lack nothing; one nobody has touched is not done, though by itself it may lack nothing."""
    lacking = {gap.kind for gap in gaps_of(parts)}
    return {part.kind for part in parts if part.filled or part.component.reason_fewer} - lacking


def _holes(part: Part) -> list[Gap]:
    last = max((place.rank for place in part.filled), default=0)
    empty = [place.rank for place in part.places if not place.text and place.rank < last]
    message = _("Nomor %(rank)d kosong, padahal nomor %(last)d terisi.")
    return [Gap(part.kind, message % {"rank": rank, "last": last}) for rank in empty]
