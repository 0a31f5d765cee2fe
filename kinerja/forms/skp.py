from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import SkpDelivery


class DeliveriesForm(forms.Form):
    """What the list of sendings shows; lives in the address."""

    keadaan = forms.ChoiceField(
        label=_("Keadaan"), required=False, choices=[("", _("Semua")), *SkpDelivery.State.choices]
    )

    def chosen(self) -> str:
        """The state asked for; what cannot be read shows all."""
        self.is_valid()
        return self.cleaned_data.get("keadaan") or ""
