"""Progress in aggregate for whoever answers for an area (PK-12), and the explanation of each number."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coordination.actors.actor import Actor
from reflection.documents.tables import TYPES, as_csv

from ..forms.counts import JENJANG_NAMES, KIND_NAMES, CutForm
from ..rules.small import LEAST
from ..selectors.areas import Area, area_of, reads_counts
from ..selectors.explaining import measures
from ..selectors.packs import pack_of
from ..selectors.progress import (
    APPROVED,
    STAGES,
    SUBMITTED,
    Cut,
    Numbers,
    Progress,
    counts_below,
    periods_of,
    present,
    progress,
    silent_kabkota,
)

PER_PAGE = 50


@dataclass
class Asked:
    """What the address asks for, after every door: the area, the cut and the form that shows both."""

    actor: Actor
    form: CutForm
    area: Area
    cut: Cut

    def link(self, name: str = "kinerja:progress", **more: str) -> str:
        """An address of the same cut; what `more` says replaces the area or parts of the cut."""
        area = {} if {"wilayah", "sekolah"} & more.keys() else self.area.query
        asked = {**area, **self.cut.query, **more}
        return f"{reverse(name)}?{urlencode({key: value for key, value in asked.items() if value})}"

    def explain(self, key: str, **more: str) -> str:
        return self.link("kinerja:explain", angka=key, **more)


def asked_for(actor: Actor, query) -> Asked | None:
    """Read an address; None before Pusat has opened a period, Http404 for what the reader does not see."""
    if not reads_counts(actor):
        raise Http404
    periods = periods_of(actor)
    now = present(periods, actor.today())
    if now is None:
        return None
    form = CutForm(query, periods=periods, present=now)
    if not form.is_valid():
        raise Http404
    data = form.cleaned_data
    period = next((one for one in periods if one.code == data["periode"]), now)
    form.data = {**{name: value for name, value in data.items() if value}, "periode": period.code}
    try:
        area = area_of(actor, wilayah=data["wilayah"], npsn=data["sekolah"])
    except LookupError as error:
        raise Http404 from error
    return Asked(actor, form, area, Cut(period, data["jenjang"], data["jenis"]))


@require_GET
def show_progress(request) -> HttpResponse:
    """Where the plans of an area stand, and of each part of it, worst first."""
    asked = asked_for(request.actor, request.GET)
    if asked is None:
        return render(request, "kinerja/counts/none.html")
    found = progress(request.actor, asked.area, asked.cut)
    if request.GET.get("unduh") == "csv":
        return _file(asked, found)
    context = _frame(asked) | _figures(asked, found) | _parts(request, asked, found)
    return render(request, "kinerja/counts/progress.html", context)


def _frame(asked: Asked) -> dict:
    actor, area = asked.actor, asked.area
    above = [(code, name, asked.link(wilayah=code)) for code, name in area.names.items() if code and actor_sees(asked, code)]
    if area.school is None and above:
        above.pop()
    return {
        "form": asked.form, "area": area, "cut": asked.cut, "above": above, "top": reverse("kinerja:progress"),
        "is_top": not (area.school or area.code) or not asked.form.cleaned_data["wilayah"],
        "own_school": actor.role == "kepsek",
    }  # fmt: skip


def actor_sees(asked: Asked, code: str) -> bool:
    """Whether an area around this one is the reader's too, so that the way back leads there."""
    try:
        region = code.split(".")
        return any(asked.actor.covers(".".join([region[0], level, *region[1:]])) for level in "dm")
    except ValueError:
        return False


def _figures(asked: Asked, found: Progress) -> dict:
    total, pack = found.total, pack_of(asked.cut.period.pack_id)
    stages = [
        (label, total.of(states), asked.explain(f"tahap-{key}"),
         [(state.label, total.states[state], asked.explain(f"keadaan-{state}")) for state in states])
        for key, (label, states) in STAGES.items()
    ]  # fmt: skip
    named = {one.code: one.name for one in pack.indicators}
    return {
        "found": found, "total": total, "stages": stages, "least": LEAST,
        "moved": (total.states["dipindahkan"], asked.explain("keadaan-dipindahkan")),
        "links": {key: asked.explain(key) for key in ("rencana", "guru", "sekolah", "diajukan", "disetujui")},
        "indicators": [(named.get(code, code), number, asked.explain(f"indikator-{code}"))
                       for code, number in found.indicators.most_common()],
        "predicates": [(one.name, found.predicates[one.code], asked.explain(f"predikat-{one.code}"))
                       for one in pack.predicates],
        "has_predicates": bool(found.predicates),
        "cells": [_cell(asked, cell, one) for cell, one in sorted(found.cells.items())
                  if asked.cut.holds(cell) and one.plans],
    }  # fmt: skip


def _cell(asked: Asked, cell: tuple[str, bool], one: Numbers) -> dict:
    jenjang, kind = cell[0], "ks" if cell[1] else "guru"
    link = {"jenjang": jenjang, "jenis": kind}
    numbers = [
        (_("Rencana"), one.plans, asked.explain("rencana", **link)),
        (_("Sudah diajukan"), one.of(SUBMITTED), asked.explain("diajukan", **link)),
        (_("Sudah disetujui"), one.of(APPROVED), asked.explain("disetujui", **link)),
    ]
    return {"jenjang": JENJANG_NAMES.get(jenjang, jenjang), "kind": KIND_NAMES[kind], "numbers": numbers}


def _parts(request, asked: Asked, found: Progress) -> dict:
    """The table of the parts; `kosong` leaves those without a plan, from a wide area its kab/kota."""
    only_empty = request.GET.get("kosong") == "1"
    wide = not asked.area.code and not asked.area.of_schools
    silent = silent_kabkota(asked.actor, asked.cut) if wide else None
    label = asked.area.part_label
    if wide:
        label_of_empty, number = _("Kab/kota"), silent.count()
    else:
        label_of_empty, number = label, len(found.empty_parts)
    rows: list = found.parts
    if only_empty:
        label = label_of_empty
        rows = [Numbers(one.name, one.code, kind=asked.cut.kind) for one in silent] if wide else found.empty_parts
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    for part in page:
        part.url = asked.link(**asked.area.part_query(part.code))
    return {
        "page_obj": page, "part_label": label, "only_empty": only_empty, "empty_number": number,
        "empty_label": _("%(part)s tanpa rencana") % {"part": label_of_empty}, "empty_url": asked.link(kosong="1"),
        "all_url": asked.link(), "csv_url": asked.link(unduh="csv"), "with_teachers": not (wide and only_empty),
        **(_map(asked, found) if wide else {}),
    }  # fmt: skip


def _map(asked: Asked, found: Progress) -> dict:
    if not asked.actor.is_pusat:
        return {}
    tiles = [(one.code, one.name, one.approved_share, asked.link(wilayah=one.code)) for one in found.parts]
    behind = [one.name for one in found.parts[:3]]
    finding = _("Bagian rencana yang disetujui paling rendah di %(names)s") % {"names": ", ".join(behind)}
    return {"tiles": tiles, "finding": finding}


HEAD = ("Wilayah", "Kode/NPSN", "Guru (Dapodik)", "Sekolah", "Rencana", "Diajukan", "Disetujui", "Diajukan (%)",
        "Disetujui (%)")  # fmt: skip


def _file(asked: Asked, found: Progress) -> HttpResponse:
    state_names = [state.label for _label, states in STAGES.values() for state in states]
    states = [state for _label, states in STAGES.values() for state in states]
    rows = [
        [one.name, one.code, one.teachers, one.schools, one.plans, one.submitted, one.approved, one.submitted_share,
         one.approved_share, *(one.states[state] for state in states)]
        for one in (*found.parts, found.total)
    ]  # fmt: skip
    answer = HttpResponse(as_csv([*HEAD, *state_names], rows), content_type=TYPES["csv"])
    code = asked.area.school.npsn if asked.area.school else asked.area.code or "semua"
    answer["Content-Disposition"] = f'attachment; filename="capaian-{asked.cut.period.code}-{code}.csv"'
    return answer


@require_GET
def explain(request) -> HttpResponse:
    """What a number means: its formula, the rows it sums, as of when, and who sees what."""
    asked = asked_for(request.actor, request.GET)
    measure = asked and measures(pack_of(asked.cut.period.pack_id)).get(request.GET.get("angka", ""))
    if not asked or not measure:
        raise Http404
    found = counts_below(request.actor, asked.area, asked.cut, measure.dimension, measure.values)
    names = asked.area.parts
    rows = sorted(((names.get(code, code), number, code) for code, number in found.items()), key=lambda row: -row[1])
    total = progress(request.actor, asked.area, asked.cut)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = _frame(asked) | {
        "measure": measure, "number": value_of(total, measure), "page_obj": page, "listed": sum(found.values()),
        "rows": [(name, number, asked.explain(measure.key, **asked.area.part_query(code))) for name, number, code in page],
        "least": LEAST, "found": total, "pack": pack_of(asked.cut.period.pack_id), "back": asked.link(),
        "cut_words": [str(KIND_NAMES[asked.cut.kind])] * bool(asked.cut.kind)
        + [str(JENJANG_NAMES[asked.cut.jenjang])] * bool(asked.cut.jenjang),
    }  # fmt: skip
    return render(request, "kinerja/counts/explain.html", context)


def value_of(found: Progress, measure) -> int:
    """The number itself, from what the page shows."""
    if measure.dimension == "state":
        return found.total.of(measure.values)
    if measure.dimension == "guru":
        return found.total.teachers
    if measure.dimension == "sekolah":
        return found.total.schools
    counted = found.indicators if measure.dimension == "indicator" else found.predicates
    return sum(counted[value] for value in measure.values)
