from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.actors.models import Organisation, Wilayah
from coordination.actors.widgets import DateInput

from ..models import Circular, Cycle


class PlanForm(forms.Form):
    until = forms.DateField(label=_("Siapkan siklus sampai"), widget=DateInput)


class CircularForm(forms.ModelForm):
    """A circular as it was issued; whom it speaks to depends on its reach."""

    class Meta:
        model = Circular
        fields = ["number", "issued_on", "new_due_on", "reason", "reach", "provinces", "offices"]
        widgets = {
            "issued_on": DateInput,
            "new_due_on": DateInput,
            "reach": forms.RadioSelect,
            "provinces": forms.SelectMultiple(attrs={"size": 6}),
            "offices": forms.SelectMultiple(attrs={"size": 6}),
        }
        help_texts = {
            "new_due_on": _("Akhir hari itu menurut zona waktu tiap UPT."),
            "provinces": _("Diisi bila berlaku untuk provinsi tertentu."),
            "offices": _("Diisi bila berlaku untuk UPT tertentu."),
        }

    def __init__(self, *args, cycle: Cycle, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reach"].choices = Circular.Reach.choices
        self.fields["provinces"].queryset = Wilayah.objects.filter(level=Wilayah.Level.PROVINSI).order_by("name")
        self.fields["offices"].queryset = Organisation.objects.filter(
            kind=Organisation.Kind.UPT, unit__in=cycle.units, active=True
        )
