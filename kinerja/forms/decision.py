from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.actors.forms import OnceForm

from ..models import Period, SectionCode

SHOWN = [
    ("menunggu", _("Menunggu putusan")),
    ("dikembalikan", _("Dikembalikan")),
    ("berjalan", _("Berjalan")),
    ("semua", _("Semua")),
]
NOTE_MOST = 1000


class QueueForm(forms.Form):
    """What the queue shows; lives in the address."""

    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=SHOWN, initial="menunggu")
    periode = forms.ModelChoiceField(
        Period.objects.all(), label=_("Periode"), required=False, to_field_name="code", empty_label=_("Semua periode")
    )

    def chosen(self) -> tuple[str, Period | None]:
        """The state and the period asked for; what cannot be read falls back to what waits, in every period."""
        self.is_valid()
        return self.cleaned_data.get("keadaan") or "menunggu", self.cleaned_data.get("periode")


class PeriodForm(forms.Form):
    """One period of the list of teachers without a plan."""

    periode = forms.ModelChoiceField(
        Period.objects.all(), label=_("Periode"), required=False, to_field_name="code", empty_label=None
    )

    def chosen(self) -> Period | None:
        self.is_valid()
        return self.cleaned_data.get("periode")


class DecisionForm(OnceForm):
    """A decision about the version that was read, with a note beside each section."""

    version = forms.IntegerField(min_value=1, max_value=32767, widget=forms.HiddenInput)
    accept_under = forms.BooleanField(
        label=_("Saya membaca alasannya dan menerima rencana di bawah batas poin."), required=False
    )

    def __init__(self, data=None, *, version: int):
        super().__init__(data, initial={"version": version})
        for code in SectionCode:
            self.fields[f"note_{code}"] = forms.CharField(
                label=_("Catatan: %(section)s") % {"section": code.label},
                help_text=_("Tuliskan yang perlu diubah."),
                required=False,
                max_length=NOTE_MOST,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict:
        """Approving would lose what was written beside a section, so it is said at each note."""
        data = super().clean() or self.cleaned_data
        if self.data.get("aksi") == "setujui":
            for code in SectionCode:
                if data.get(f"note_{code}"):
                    said = _("Anda menulis catatan. Kembalikan rencana, atau hapus catatannya sebelum menyetujui.")
                    self.add_error(f"note_{code}", said)
        return data

    @property
    def notes(self) -> dict[str, str]:
        """What was written beside the sections."""
        return {code.value: self.cleaned_data.get(f"note_{code}", "") for code in SectionCode}


class CompareForm(forms.Form):
    """Two versions of one plan."""

    dari = forms.IntegerField(min_value=1, max_value=32767)
    ke = forms.IntegerField(min_value=1, max_value=32767)
