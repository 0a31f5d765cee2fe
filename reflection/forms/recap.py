from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.actors.models import Wilayah

from ..models import Cycle, Kind
from ..selectors.recap import NATIONAL, Standing

ALL = ("", _("Semua"))


class CycleForm(forms.Form):
    """Which cycle a recap is about, by its code."""

    siklus = forms.ModelChoiceField(Cycle.objects.none(), label=_("Siklus"), to_field_name="code", required=False)

    def __init__(self, data, *, cycles):
        super().__init__(data)
        self.fields["siklus"].queryset = cycles
        self.fields["siklus"].empty_label = None


class _ProvinceForm(CycleForm):
    def __init__(self, data, *, cycles):
        super().__init__(data, cycles=cycles)
        provinces = Wilayah.objects.filter(level=Wilayah.Level.PROVINSI).order_by("name")
        self.fields["provinsi"].choices = [
            ALL,
            *provinces.values_list("code", "name"),
            (NATIONAL, _("Tanpa provinsi (nasional)")),
        ]


class RowsForm(_ProvinceForm):
    provinsi = forms.ChoiceField(label=_("Provinsi"), required=False)
    status = forms.ChoiceField(label=_("Keadaan"), required=False, choices=[ALL, *Standing.choices])


class PrioritiesForm(_ProvinceForm):
    q = forms.CharField(label=_("Cari kata"), required=False, max_length=100, widget=forms.SearchInput)
    komponen = forms.ChoiceField(
        label=_("Komponen"), required=False, choices=[ALL, *[(kind.value, kind.short) for kind in Kind]]
    )
    provinsi = forms.ChoiceField(label=_("Provinsi"), required=False)
