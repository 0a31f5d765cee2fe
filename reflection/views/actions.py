"""The buttons beside the five places; each comes after the form itself has been saved."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coordination.actors.errors import Refusal

from ..forms.reports import SuggestionForm
from ..models import Kind, Report
from ..selectors.suggestions import chosen
from ..services.reports import move_priority
from ..services.sources import empty_priority, merge_priorities, use_candidates


def act(request: HttpRequest, report: Report, kind: Kind) -> HttpResponse:
    """Do what the pressed button asks (`naik-3`, `turun-3`, `gabung-3`, `kosong-3`, `pakai`) and lead on."""
    name, _dash, rank = request.POST.get("aksi", "").partition("-")
    if name == "lanjut":
        return redirect("reflection:report", report.pk)
    try:
        _do(request, report, kind, name, int(rank) if rank.isdecimal() else 0)
    except Refusal as refusal:
        # What was typed has been saved; only the button's own wish is refused.
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Tersimpan."))
    return redirect("reflection:component", report.pk, kind)


def _do(request: HttpRequest, report: Report, kind: Kind, name: str, rank: int) -> None:
    common = {"actor": request.actor, "report": report, "kind": kind}
    if name == "naik":
        move_priority(**common, rank=rank, to=rank - 1)
    elif name == "turun":
        move_priority(**common, rank=rank, to=rank + 1)
    elif name == "gabung":
        merge_priorities(**common, rank=rank, into=rank - 1)
    elif name == "kosong":
        empty_priority(**common, rank=rank)
    elif name == "pakai":
        form = SuggestionForm(request.POST)
        place = form.cleaned_data["ke"] if form.is_valid() else None
        found = chosen(request.actor, report, kind, SuggestionForm.keys(request.POST))
        use_candidates(**common, candidates=found, rank=place)
