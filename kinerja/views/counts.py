"""Progress in aggregate for whoever answers for an area (PK-12), and the explanation of each number."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ..selectors.explaining import explained, measures
from ..selectors.packs import pack_of
from ..selectors.progress import progress
from .counts_asked import asked_for
from .counts_kept import body_of
from .counts_shown import as_file, explanation, frame


@require_GET
def show_progress(request) -> HttpResponse:
    """Where the plans of an area stand, and of each part of it, worst first."""
    asked = asked_for(request.actor, request.GET)
    if asked is None:
        return render(request, "kinerja/counts/none.html")
    if request.GET.get("unduh") == "csv":
        return as_file(asked, progress(request.actor, asked.area, asked.cut))
    around = frame(asked)
    return render(request, "kinerja/counts/progress.html", around | {"body": body_of(request, asked, around)})


@require_GET
def explain(request) -> HttpResponse:
    """What a number means: its formula, the rows it sums, as of when, and who sees what."""
    asked = asked_for(request.actor, request.GET)
    measure = asked and measures(pack_of(asked.cut.period.pack_id)).get(request.GET.get("angka", ""))
    if not asked or not measure:
        raise Http404
    found = explained(request.actor, asked.area, asked.cut, measure)
    return render(request, "kinerja/counts/explain.html", frame(asked) | explanation(asked, found, request.GET))
