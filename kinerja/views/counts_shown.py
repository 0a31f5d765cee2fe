"""What the progress pages show: numbers with the address that explains each, the table of parts, the file."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coordination.actors.documents.tables import TYPES, as_csv
from coordination.actors.posting import PER_PAGE
from coordination.actors.shares import in_words, number_said, percent

from ..forms.counts import JENJANG_NAMES, KIND_NAMES
from ..rules.small import LEAST, Cell
from ..selectors.areas import sees
from ..selectors.explaining import Explained
from ..selectors.packs import pack_of
from ..selectors.progress import APPROVED, STAGES, SUBMITTED, Numbers, Progress, silent_kabkota
from .counts_asked import Asked


def frame(asked: Asked) -> dict:
    actor, area = asked.actor, asked.area
    above = [(code, name, asked.link(wilayah=code)) for code, name in area.names.items() if code and sees(actor, code)]
    if area.school is None and above:
        above.pop()
    return {
        "form": asked.form, "area": area, "cut": asked.cut, "above": above, "top": reverse("kinerja:progress"),
        "is_top": not (area.school or area.code) or not asked.form.cleaned_data["wilayah"],
        "own_school": actor.role == "kepsek",
    }  # fmt: skip


def figures(asked: Asked, found: Progress) -> dict:
    total, pack = found.total, pack_of(asked.cut.period.pack_id)
    stages = [
        (label, total.of(states), asked.explain(f"tahap-{key}"),
         _states(asked, found, states))
        for key, (label, states) in STAGES.items()
    ]  # fmt: skip
    named = {one.code: one.name for one in pack.indicators}
    return {
        "found": found, "total": total, "stages": stages, "least": LEAST,
        "moved": (found.fine("state", {"dipindahkan"}), asked.explain("keadaan-dipindahkan")),
        "links": {key: asked.explain(key) for key in ("rencana", "guru", "sekolah", "diajukan", "disetujui")},
        "indicators": [(named.get(code, code), number, asked.explain(f"indikator-{code}"))
                       for code, number in found.indicators.most_common()],
        "predicates": [(one.name, found.fine("predicate", {one.code}), asked.explain(f"predikat-{one.code}"))
                       for one in pack.predicates],
        "has_predicates": bool(found.predicates),
        "cells": [_cell(asked, cell, one) for cell, one in sorted(found.cells.items())
                  if asked.cut.holds(cell) and one.plans],
    }  # fmt: skip


def _states(asked: Asked, found: Progress, states) -> list[tuple]:
    """The states of a stage; empty where all are too few to be shown."""
    shown = [(one.label, found.fine("state", {one.value}), asked.explain(f"keadaan-{one}")) for one in states]
    return shown if any(number is not None for _label, number, _link in shown) else []


def _cell(asked: Asked, cell: Cell, one: Numbers) -> dict:
    jenjang, kind = cell[0], "ks" if cell[1] else "guru"
    link = {"jenjang": jenjang, "jenis": kind}
    numbers = [
        (_("Rencana"), one.plans, asked.explain("rencana", **link)),
        (_("Sudah diajukan"), one.of(SUBMITTED), asked.explain("diajukan", **link)),
        (_("Sudah disetujui"), one.of(APPROVED), asked.explain("disetujui", **link)),
    ]
    return {"jenjang": JENJANG_NAMES.get(jenjang, jenjang), "kind": KIND_NAMES[kind], "numbers": numbers}


def parts(asked: Asked, found: Progress, query) -> dict:
    """The table of the parts; `kosong` leaves those without a plan, from a wide area its kab/kota."""
    only_empty = query.get("kosong") == "1"
    wide = not asked.area.code and not asked.area.of_schools
    label = empty_label = asked.area.part_label
    rows, empty = found.parts, found.empty_parts
    number = len(empty)
    if wide:
        silent = silent_kabkota(asked.actor, asked.cut)
        empty_label = _("Kab/kota")
        empty = [Numbers(one.name, one.code, kind=asked.cut.kind) for one in silent] if only_empty else []
        number = len(empty) if only_empty else silent.count()
    if only_empty:
        rows, label = empty, empty_label
    page = Paginator(rows, PER_PAGE).get_page(query.get("page"))
    shown = tuple(
        (one.name, asked.link(**asked.area.part_query(one.code)), one.expected, one.plans, one.submitted,
         percent(one.submitted, one.base), one.approved, percent(one.approved, one.base))
        for one in page
    )  # fmt: skip
    return {
        "page_obj": page, "rows": shown, "of_schools": asked.cut.kind == "ks",
        "part_label": label, "only_empty": only_empty, "empty_number": number,
        "empty_label": _("%(part)s tanpa rencana") % {"part": empty_label}, "empty_url": asked.link(kosong="1"),
        "all_url": asked.link(), "csv_url": asked.link(unduh="csv"), "with_teachers": not (wide and only_empty),
        **(_map(asked, found) if wide and asked.actor.is_pusat else {}),
    }  # fmt: skip


def _map(asked: Asked, found: Progress) -> dict:
    tiles = tuple(
        (one.code, one.name, one.approved_share, asked.link(wilayah=one.code), number_said(one.approved, one.base),
         in_words(one.approved, one.base))
        for one in found.parts
    )  # fmt: skip
    behind = [one.name for one in found.parts[:3]]
    zone = asked.actor.acting.zone
    finding = _("Bagian rencana yang disetujui paling rendah di %(names)s") % {"names": ", ".join(behind)}
    day = date_format(timezone.localtime(asked.cut.as_of, zone), "j M Y") if asked.cut.as_of else ""
    return {"tiles": tiles, "finding": finding, "day": day}


HEAD = ("Wilayah", "Kode/NPSN", "Guru (Dapodik)", "Sekolah", "Rencana", "Diajukan", "Disetujui", "Diajukan (%)",
        "Disetujui (%)")  # fmt: skip


def as_file(asked: Asked, found: Progress) -> HttpResponse:
    """The parts and their sum, by stage alone: a school with few plans has no single states to show."""
    rows = [
        [one.name, one.code, one.teachers, one.schools, one.plans, one.submitted, one.approved, one.submitted_share,
         one.approved_share, *one.stages.values()]
        for one in (*found.parts, found.total)
    ]  # fmt: skip
    answer = HttpResponse(
        as_csv([*HEAD, *(str(label) for label, _states in STAGES.values())], rows), content_type=TYPES["csv"]
    )
    code = asked.area.school.npsn if asked.area.school else asked.area.code or "semua"
    answer["Content-Disposition"] = f'attachment; filename="capaian-{asked.cut.period.code}-{code}.csv"'
    return answer


def explanation(asked: Asked, found: Explained, query) -> dict:
    """A number with the rows it sums, at most a page of them."""
    page = Paginator(found.rows, PER_PAGE).get_page(query.get("page"))
    measure, cut = found.measure, asked.cut
    return {
        "measure": measure, "number": found.number, "withheld": found.number is None,
        "page_obj": page, "listed": found.listed, "unshown": found.unshown,
        "rows": [(name, number, asked.explain(measure.key, **asked.area.part_query(code)))
                 for code, name, number in page],
        "least": LEAST, "pack": pack_of(cut.period.pack_id), "source": cut.period.pack.source, "back": asked.link(),
        "cut_words": [str(names[key]) for names, key in ((KIND_NAMES, cut.kind), (JENJANG_NAMES, cut.jenjang)) if key],
    }  # fmt: skip
