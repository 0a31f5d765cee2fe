from django import forms
from django.utils.translation import gettext_lazy as _

from ..rules.pack import JENJANG

ALL = ("", _("Semua"))
JENJANG_NAMES = {
    "paud": "PAUD",
    "sd": "SD",
    "smp": "SMP",
    "sma": "SMA",
    "smk": "SMK",
    "slb": "SLB",
    "lain": _("Lainnya"),
}
KIND_NAMES = {"guru": _("Guru"), "ks": _("Kepala sekolah")}


class CutForm(forms.Form):
    """Which plans are counted, where; everything stands in the address."""

    periode = forms.ChoiceField(label=_("Periode"), required=False)
    jenjang = forms.ChoiceField(
        label=_("Jenjang"), required=False, choices=[ALL, *[(code, JENJANG_NAMES[code]) for code in JENJANG]]
    )
    jenis = forms.ChoiceField(label=_("Jenis pegawai"), required=False, choices=[ALL, *KIND_NAMES.items()])
    wilayah = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)
    sekolah = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)

    def __init__(self, data, *, periods, present):
        super().__init__(data)
        self.fields["periode"].choices = [(one.code, one.name) for one in periods]
        self.initial["periode"] = present.code if present else ""
