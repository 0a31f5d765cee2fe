"""Every part of the pages in all its states, for the eye and for the accessibility tests."""

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from coordination.actors import widgets


class SampleForm(forms.Form):
    """One field of each kind, to be shown empty and with mistakes."""

    topic = forms.CharField(label=_("Topik pertemuan"), max_length=80, help_text=_("Satu kalimat."))
    held_on = forms.DateField(label=_("Tanggal"), widget=widgets.DateInput)
    starts = forms.TimeField(label=_("Mulai"), widget=widgets.TimeInput, required=False)
    present = forms.IntegerField(label=_("Jumlah hadir"), min_value=0)
    kind = forms.ChoiceField(
        label=_("Jenis komunitas"),
        choices=[("", _("Pilih…")), ("dalam", _("Dalam sekolah")), ("antar", _("Antar sekolah"))],
    )
    mode = forms.ChoiceField(
        label=_("Cara bertemu"),
        choices=[("luring", _("Luring")), ("daring", _("Daring"))],
        widget=forms.RadioSelect,
        help_text=_("Pilih satu."),
    )
    themes = forms.MultipleChoiceField(
        label=_("Pelatihan yang selesai"),
        choices=[("km", _("Kurikulum Merdeka")), ("pp", _("Perencanaan Pembelajaran"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    notes = forms.CharField(label=_("Apa yang berjalan baik?"), widget=forms.Textarea, required=False)
    photos = forms.FileField(
        label=_("Foto kegiatan"),
        widget=widgets.PhotoInput,
        required=False,
        help_text=widgets.limit_text(2, "JPG, PNG"),
    )
    agree = forms.BooleanField(label=_("Saya sudah memeriksa isian ini"))


class SampleFilter(forms.Form):
    q = forms.CharField(label=_("Cari nama"), required=False, widget=forms.SearchInput)
    state = forms.ChoiceField(
        label=_("Keadaan"), choices=[("", _("Semua")), ("senyap", _("Senyap > 30 hari"))], required=False
    )
    kind = forms.ChoiceField(label=_("Jenis"), choices=[("", _("Semua"))], required=False)


ROWS = [
    ("Kombel Melati", "SDN Contoh 1", _("Aktif"), "ok", 24),
    ("Kombel Anggrek dan Kenanga Bersama", "SMPN Contoh 7", _("Perlu dihubungi"), "warn", 8),
    ("Kombel Cempaka", "SDN Contoh 12", _("Senyap"), "bad", 0),
    ("Kombel Dahlia", "SMAN Contoh 3", _("Belum mulai"), "mute", 3),
]
PROVINCES = [
    ("32", "Jawa Barat", 1241, "#32"), ("31", "DKI Jakarta", 120, "#31"), ("33", "Jawa Tengah", 880, "#33"),
    ("35", "Jawa Timur", 930, "#35"), ("91", "Papua", 12, "#91"), ("51", "Bali", 317, ""),
    ("73", "Sulawesi Selatan", 422, ""), ("12", "Sumatera Utara", 209, ""), ("64", "Kalimantan Timur", 45, ""),
]  # fmt: skip


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """All parts on one page; `?salah=1` shows the form with mistakes."""
    wrong = "salah" in request.GET
    context = {
        "form": SampleForm({"present": "-1", "topic": ""} if wrong else None),
        "filter": SampleFilter(request.GET),
        "rows": ROWS,
        "page": Paginator(range(1204), 50).get_page(request.GET.get("page", 2)),
        "bars": [(row[1], row[4], "") for row in ROWS],
        "periods": ["Jan–Feb", "Mar–Apr", "Mei–Jun", "Jul–Agu"],
        "trend": [("Pertemuan", [12, 18, 15, 31])],
        "trends": [("Jawa Barat", [12, 18, 25, 41]), ("Banten", [9, 10, 10, 12]), ("Kalimantan Timur", [8, 9, 11, 11])],
        "pairs": [("Luring", [4, 6, 9, 12]), ("Daring", [12, 9, 7, 3])],
        "provinces": PROVINCES,
    }
    return render(request, "gaya.html", context)


@require_POST
def save_draft(request: HttpRequest) -> JsonResponse:
    """Answers as the address of a draft must (nothing is kept); `topic=bentrok` plays the conflict."""
    if request.POST.get("topic") == "bentrok":
        return JsonResponse({"detail": _("Diubah orang lain 09.40. Muat ulang halaman ini.")}, status=409)
    version = request.POST.get("version", "")
    return JsonResponse({"version": int(version) + 1 if version.isdecimal() else 1, "saved": "09.41"})


def urlpatterns() -> list[URLPattern]:
    """The address exists on a developer's machine, in a demonstration and in tests, not on a server."""
    wanted = settings.DEBUG or settings.DEMO or settings.STYLEGUIDE
    pages = [path("gaya/", show, name="styleguide"), path("gaya/draf/", save_draft, name="styleguide_draft")]
    return pages if wanted else []
