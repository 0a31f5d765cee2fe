import csv
from io import StringIO

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coordination.actors.errors import Refusal
from coordination.actors.models import Role

from ..models import Kombel
from ..policies.kombel import PROPOSERS
from ..selectors.area import area_summary
from ..selectors.listing import Filters, kombel_rows, list_kombel, page_number
from ..selectors.others import export_rows
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


COLUMNS = (
    "nama",
    "jenis",
    "jenjang",
    "npsn",
    "sekolah",
    "provinsi",
    "kabkota",
    "kecamatan",
    "keadaan",
    "penggerak",
    "anggota",
    "terdaftar",
    "pertemuan_terakhir",
    "senyap_sejak",
    "hasil_hubungan",
    "hubungi_lagi",
)


@require_safe
def kombel_csv(request):
    """The filtered list as CSV, at most 2,000 rows; names of people are left out for a mitra."""
    actor = request.actor
    filters = Filters.read(request.GET)
    days = rules_on(actor.today()).silent_days
    found = list(export_rows(kombel_rows(actor, filters, silent_days=days), EXPORT_MOST + 1))
    hidden = COLUMNS.index("penggerak") if actor.role == Role.MITRA_STAFF else None
    if len(found) > EXPORT_MOST:
        raise Refusal(
            _("Daftar ini lebih dari %(most)d baris.") % {"most": EXPORT_MOST},
            mend=_("Persempit dengan saringan kab/kota, kecamatan, jenis atau keadaan, lalu unduh lagi."),
        )
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(["" if at == hidden else plain(value) for at, value in enumerate(row)] for row in found)
    # Excel takes UTF-8 only with a mark at the beginning.
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="komunitas-{actor.today():%Y%m%d}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def plain(value) -> str:
    """A value that a spreadsheet will not take for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
