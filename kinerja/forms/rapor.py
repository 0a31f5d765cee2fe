from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.actors.widgets import FileInput, limit_text

from ..models import RaporColour
from ..rules.pack import Pack


class RaporForm(forms.Form):
    """The eight colours of a year."""

    year = forms.IntegerField(label=_("Tahun rapor"), min_value=2000, max_value=9999)

    def __init__(self, data: Any = None, *, pack: Pack, year: int, colours: dict[str, str]):
        super().__init__(data, initial={"year": year, **{f"warna_{code}": one for code, one in colours.items()}})
        self.pack = pack
        choices = [("", _("Belum ada")), *RaporColour.Colour.choices]
        for one in pack.indicators:
            field = forms.ChoiceField(label=one.name, choices=choices, required=False)
            field.quiet = True  # type: ignore[attr-defined]
            self.fields[f"warna_{one.code}"] = field

    @property
    def colours(self) -> dict[str, str]:
        return {one.code: self.cleaned_data[f"warna_{one.code}"] for one in self.pack.indicators}


class RaporFileForm(forms.Form):
    file = forms.FileField(label=_("Berkas CSV"), help_text=limit_text(1, "CSV"), widget=FileInput(".csv,text/csv"))
