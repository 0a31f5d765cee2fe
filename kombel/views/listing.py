import csv
from dataclasses import asdict
from io import StringIO

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coordination.actors.exports import cell
from coordination.actors.forms import OnceForm
from coordination.actors.models import Role
from coordination.actors.services.exports import request_export

from ..exports import COLUMNS, LIST, ids, rows
from ..models import Kombel
from ..policies.kombel import PROPOSERS
from ..selectors.area import area_summary
from ..selectors.listing import Filters, list_kombel, page_number
from ..selectors.rules import rules_on

EXPORT_MOST = 2000


@require_safe
def kombel_list(request):
    """The kombel of the actor's area, longest silence first; all filters stand in the address."""
    actor = request.actor
    filters = Filters.read(request.GET)
    days = rules_on(actor.today()).silent_days
    context = {
        "listing": list_kombel(actor, filters, page_number(request.GET), silent_days=days),
        "filters": filters,
        "query": filters.query(),
        "today": actor.today(),
        "days": days,
        "may_register": actor.is_upt or actor.is_dinas or actor.role == Role.KEPSEK,
        "may_propose": actor.role in PROPOSERS,
    }
    return render(request, "kombel/list.html", context)


@require_safe
def kombel_summary(request):
    """How many kombel there are by region, how many are silent, and the trend of a year (KB-17)."""
    actor = request.actor
    days = rules_on(actor.today()).silent_days
    summary = area_summary(actor, silent_days=days)
    at = reverse("kombel:list")
    context = {
        "summary": summary,
        "days": days,
        "silent_url": f"{at}?keadaan=senyap",
        "kinds": [(Kombel.Kind(kind).label, f"{at}?jenis={kind}", count) for kind, count in summary.kinds.items()],
        "series": [(_("Komunitas"), [count for _month, count in summary.trend])],
        "periods": [date_format(month, "M Y") for month, _count in summary.trend],
        "finding": trend_finding(summary.trend),
        "data_per": date_format(actor.today(), "j M Y"),
    }
    return render(request, "kombel/summary.html", context)


def trend_finding(trend: list[tuple]) -> str:
    """What the year's line says, as its title."""
    first, last = trend[0][1], trend[-1][1]
    if first == last:
        return _("Jumlah komunitas tetap %(count)d dalam 12 bulan") % {"count": last}
    word = _("Komunitas bertambah") if last > first else _("Komunitas berkurang")
    return _("%(word)s dari %(first)d menjadi %(last)d dalam 12 bulan") % {"word": word, "first": first, "last": last}


@require_http_methods(["GET", "POST"])
def kombel_csv(request):
    """The filtered list as CSV: at once up to 2,000 rows, else as a file that is prepared in the background."""
    actor, filters = request.actor, Filters.read(request.GET)
    found = ids(actor, request.GET, EXPORT_MOST + 1)
    form = OnceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        params = {name: value for name, value in asdict(filters).items() if value}
        token = form.cleaned_data["token"]
        return redirect("export", request_export(actor=actor, kind=LIST.name, params=params, token=token).pk)
    if len(found) > EXPORT_MOST:
        context = {"form": form, "most": EXPORT_MOST, "query": filters.query()}
        return render(request, "kombel/export.html", context)
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([cell(value) for value in row] for row in rows(actor, found))
    # Excel takes UTF-8 only with a mark at the beginning.
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="komunitas-{actor.today():%Y%m%d}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
