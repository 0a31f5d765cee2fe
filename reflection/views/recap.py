from functools import wraps
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coordination.actors.documents.tables import TYPES, as_csv, as_xlsx
from coordination.actors.posting import PER_PAGE
from coordination.actors.zones import local_time

from ..forms.recap import CycleForm, PrioritiesForm, RowsForm
from ..models import Cycle, Kind
from ..selectors.recap import Row, Standing, by_province, finding, kind_counts, priorities, recap_rows


def for_pusat(view):
    """The recap is Pusat's; for everybody else the page does not exist."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        if not request.actor.is_pusat:
            raise Http404
        return view(request, *args, **kwargs)

    return asked


def _asked(request, kind: type[CycleForm]) -> tuple[CycleForm, Cycle]:
    """The form and its cycle: the asked one, or the latest whose reports can be written."""
    cycles = Cycle.objects.visible_to(request.actor).filter(opens_on__lte=request.actor.today())
    form = kind(request.GET or None, cycles=cycles)
    if form.is_bound and not form.is_valid():
        raise Http404
    cycle = form.cleaned_data.get("siklus") if form.is_bound else None
    cycle = cycle or _default_cycle(cycles, request.actor.today())
    if cycle is None:
        raise Http404
    form.initial["siklus"] = cycle.code
    return form, cycle


def _default_cycle(cycles, today) -> Cycle | None:
    # While a period runs nothing can be missing yet, so the one that has just ended comes first.
    return cycles.filter(ends__lt=today).first() or cycles.first()


@require_GET
@for_pusat
def recap(request) -> HttpResponse:
    """Who reported on time, late or not at all, by province; each number leads to its rows."""
    form, cycle = _asked(request, CycleForm)
    rows = recap_rows(request.actor, cycle, timezone.now())
    provinces = by_province(rows)
    totals = [
        (sum(one.counts[standing] for one in provinces), standing.label, _rows_url(cycle, status=standing))
        for standing in Standing
    ]
    context = {
        "form": form,
        "cycle": cycle,
        "provinces": provinces,
        "totals": totals,
        "total": len(rows),
        "waiting": [row for row in rows if row.report and row.report.state == "dikirim"],
        "kinds": kind_counts(request.actor, cycle),
        "standings": list(Standing),
        "finding": finding(provinces),
        "tiles": [
            (one.code, one.name, one.counts[Standing.MISSING], _rows_url(cycle, provinsi=one.code)) for one in provinces
        ],
    }
    return render(request, "reflection/recap/recap.html", context)


def _rows_url(cycle: Cycle, **asked: str) -> str:
    return f"{reverse('reflection:recap_rows')}?{urlencode({'siklus': cycle.code, **asked})}"


@require_GET
@for_pusat
def rows(request) -> HttpResponse:
    """The UPT behind a number, or the whole list as a file."""
    form, cycle = _asked(request, RowsForm)
    data = form.cleaned_data if form.is_bound else {}
    found = [
        row
        for row in recap_rows(request.actor, cycle, timezone.now())
        if data.get("provinsi", "") in ("", row.province) and data.get("status", "") in ("", row.standing)
    ]
    wanted = request.GET.get("unduh")
    if wanted in TYPES:
        return _file(wanted, f"rekap-upt-{cycle.code}", _ROWS_HEAD, [_row_cells(row) for row in found])
    return render(request, "reflection/recap/rows.html", {"form": form, "cycle": cycle, "rows": found})


_ROWS_HEAD = ["UPT", "Provinsi", "Siklus", "Batas kirim", "Pertama dikirim", "Ketepatan", "Keadaan", "Versi"]


def _row_cells(row: Row) -> list:
    owed, report = row.owed, row.report
    sent = local_time(owed.submitted_at, owed.zone) if owed.submitted_at else ""
    version = report.version if report else 0
    # Whether a draft has been begun is the UPT's own business.
    state = report.get_state_display() if version else _("Belum dikirim")
    return [
        owed.organisation.name,
        row.province,
        owed.cycle.code,
        owed.due_on,
        sent,
        row.standing.label,
        state,
        version,
    ]


@require_GET
@for_pusat
def priority_list(request) -> HttpResponse:
    """All priorities of a component across UPT, searched by words, with their sources counted."""
    form, cycle = _asked(request, PrioritiesForm)
    data = form.cleaned_data if form.is_bound else {}
    found = priorities(
        request.actor,
        cycle=cycle,
        kind=data.get("komponen", ""),
        province=data.get("provinsi", ""),
        search=data.get("q", ""),
    )
    wanted = request.GET.get("unduh")
    if wanted in TYPES:
        return _file(wanted, f"rekap-prioritas-{cycle.code}", _PRIORITY_HEAD, map(_priority_cells, found))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    for one in page:
        one.short = Kind(one.kind).short
    context = {"form": form, "cycle": cycle, "page_obj": page, "counts": kind_counts(request.actor, cycle)}
    return render(request, "reflection/recap/priorities.html", context)


_PRIORITY_HEAD = ["UPT", "Komponen", "Urutan", "Prioritas", "Jumlah sumber", "Jumlah komunitas", "Versi"]


def _priority_cells(one) -> list:
    kind = Kind(one.kind).label
    return [one.organisation.name, kind, one.rank, one.text, one.sources, one.communities, one.number]


def _file(kind: str, name: str, head: list, rows) -> HttpResponse:
    content = as_csv(head, rows) if kind == "csv" else as_xlsx(head, rows, sheet=name)
    answer = HttpResponse(content, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
