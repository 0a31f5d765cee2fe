"""The recap for Pusat: who reported when, by province, and what all UPT said (RF-10)."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Left
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.actors.actor import Actor
from coordination.actors.models import Wilayah

from ..models import Cycle, Kind, Obligation, ReportedPriority

NATIONAL = "nasional"
"""Offices without a seat in a province: the vocational UPT work by field."""


class Standing(models.TextChoices):
    """How a duty stands at a moment."""

    ON_TIME = "tepat", gettext_lazy("Tepat waktu")
    LATE = "terlambat", gettext_lazy("Terlambat")
    AWAITED = "ditunggu", gettext_lazy("Belum, masih ada waktu")
    MISSING = "belum", gettext_lazy("Belum, lewat batas")


@dataclass(frozen=True)
class Row:
    """One UPT in one cycle."""

    owed: Obligation
    province: str
    standing: Standing

    @property
    def report(self):
        return getattr(self.owed, "report", None)


@dataclass
class ProvinceRow:
    """A province with how many of its UPT stand how."""

    code: str
    name: str
    counts: Counter = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def cells(self) -> list[tuple[Standing, int]]:
        return [(standing, self.counts[standing]) for standing in Standing]


@dataclass(frozen=True)
class KindCount:
    kind: Kind
    priorities: int
    offices: int
    sources: int


def recap_rows(actor: Actor, cycle: Cycle, now: datetime) -> list[Row]:
    """Every UPT that owes a report in a cycle, with its report if there is one; one statement."""
    owed = (
        Obligation.objects.visible_to(actor)
        .filter(cycle=cycle)
        .select_related("organisation__wilayah", "cycle", "report", "circular")
        .order_by("organisation__name")
    )
    return [Row(one, _province(one), standing_of(one, now)) for one in owed]


def standing_of(owed: Obligation, now: datetime) -> Standing:
    if owed.submitted_at is not None:
        return Standing.ON_TIME if owed.is_on_time else Standing.LATE
    return Standing.AWAITED if now <= owed.closes_at else Standing.MISSING


def by_province(rows: list[Row]) -> list[ProvinceRow]:
    """The rows counted by the province in which the office has its seat, so that the sum is the number of UPT."""
    names = dict(Wilayah.objects.filter(code__in={row.province for row in rows}).values_list("code", "name"))
    found: dict[str, ProvinceRow] = {}
    for row in rows:
        name = names.get(row.province) or _("Tanpa provinsi (nasional)")
        found.setdefault(row.province, ProvinceRow(row.province, name)).counts[row.standing] += 1
    return sorted(found.values(), key=lambda one: one.name)


def finding(rows: list[ProvinceRow]) -> str:
    """What the map of the missing says, in one sentence."""
    behind = [row for row in rows if row.counts[Standing.MISSING]]
    if not behind:
        return _("Tidak ada UPT yang lewat batas tanpa laporan")
    number = sum(row.counts[Standing.MISSING] for row in behind)
    where = ", ".join(row.name for row in behind[:3])
    if len(behind) > 3:
        where = _("%(where)s dan %(more)d provinsi lain") % {"where": where, "more": len(behind) - 3}
    return _("%(number)d UPT lewat batas tanpa laporan: %(where)s") % {"number": number, "where": where}


def priorities(
    actor: Actor, *, cycle: Cycle, kind: str = "", province: str = "", search: str = ""
) -> QuerySet[ReportedPriority]:
    """What the UPT sent in a cycle; `search` finds words by their beginnings, all of them."""
    rows = ReportedPriority.objects.visible_to(actor).filter(cycle=cycle).select_related("organisation")
    if kind:
        rows = rows.filter(kind=kind)
    if province == NATIONAL:
        rows = rows.filter(organisation__wilayah=None)
    elif province:
        rows = rows.annotate(seat=Left("organisation__wilayah_id", 2)).filter(seat=province)
    query = prefix_query(search)
    if query:
        rows = rows.annotate(words=SearchVector("text", config="simple")).filter(words=query)
    return rows.order_by("kind", "rank", "organisation__name", "pk")


def kind_counts(actor: Actor, cycle: Cycle) -> list[KindCount]:
    """For each of the six components: priorities, UPT and sources; one statement."""
    rows = (
        ReportedPriority.objects.visible_to(actor)
        .filter(cycle=cycle)
        .order_by()
        .values("kind")
        .annotate(n=Count("pk"), upt=Count("organisation", distinct=True), sums=Sum("sources"))
    )
    found = {row["kind"]: KindCount(Kind(row["kind"]), row["n"], row["upt"], row["sums"] or 0) for row in rows}
    return [found.get(kind, KindCount(kind, 0, 0, 0)) for kind in Kind]


def prefix_query(search: str) -> SearchQuery | None:
    """The typed words as a query for their beginnings; None when nothing searchable was typed."""
    wanted = " & ".join(f"{word}:*" for word in re.findall(r"[^\W_]+", search))
    return SearchQuery(wanted, config="simple", search_type="raw") if wanted else None


def _province(owed: Obligation) -> str:
    return owed.organisation.wilayah_id[:2] if owed.organisation.wilayah_id else NATIONAL
