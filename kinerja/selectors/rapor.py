"""The colours a school's Rapor Pendidikan gives the indicators (PK-4)."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from coordination.actors.actor import Actor

from ..models import RaporColour, RulePack
from ..rules.pack import Indicator, Pack
from .packs import pack_of, period_on

RANK = {"merah": 0, "kuning": 1, "hijau": 2, "": 3}


def tags() -> dict[str, tuple[str, str]]:
    """The words and the tone of each colour's tag."""
    return {
        "merah": (_("Merah – prioritas utama"), "warn"),
        "kuning": (_("Kuning – prioritas kedua"), "info"),
        "hijau": (_("Hijau – dianjurkan"), "ok"),
    }


def latest_colours(actor: Actor, school_id: int) -> tuple[int | None, dict[str, str]]:
    """The newest year a school has colours of, and the colour by indicator; (None, {}) without any."""
    rows = RaporColour.objects.visible_to(actor).filter(school_id=school_id).order_by("-year")
    found = list(rows.values_list("year", "indicator", "colour"))
    year = found[0][0] if found else None
    return year, {indicator: colour for at, indicator, colour in found if at == year}


def colours_in(actor: Actor, school_id: int, year: int) -> dict[str, str]:
    """The colour of each indicator in one year."""
    rows = RaporColour.objects.visible_to(actor).filter(school_id=school_id, year=year)
    return dict(rows.values_list("indicator", "colour"))


def grouped(indicators: Iterable[Indicator], colours: dict[str, str]) -> list[tuple[str, list[Indicator]]]:
    """Indicators in their groups, red ones first; the groups stand by their reddest one."""

    def rank(one: Indicator) -> int:
        return RANK[colours.get(one.code, "")]

    groups: dict[str, list[Indicator]] = {}
    for one in sorted(indicators, key=rank):
        groups.setdefault(one.group, []).append(one)
    return list(groups.items())


def pack_on(day: date) -> Pack:
    """The rules whose indicators are coloured on a day: the present period's, else those for new periods."""
    period = period_on(day)
    return pack_of(period.pack_id if period else RulePack.objects.get(current=True).pk)
