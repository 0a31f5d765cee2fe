from django import forms
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Kind
from ..models.reports import RANKS
from ..selectors.drafts import Part


class ComponentForm(forms.Form):
    """The five places of a component and the version they were read at."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, part: Part, others: dict[int, str] | None = None):
        super().__init__(data, initial={"version": part.component.version})
        for place in part.places:
            self.fields[f"text_{place.rank}"] = forms.CharField(
                label=_("Prioritas %(rank)d") % {"rank": place.rank},
                help_text=_hint(part.kind, (others or {}).get(place.rank, "")),
                initial=place.text,
                max_length=1000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            # All five may be empty, so saying it at each would be noise.
            self.fields[f"text_{place.rank}"].quiet = True  # type: ignore[attr-defined]
        self.fields["reason_fewer"] = forms.CharField(
            label=_("Alasan bila kurang dari lima hal"),
            help_text=_("Contoh: Hanya ada 3 hal – jelaskan singkat."),
            initial=part.component.reason_fewer,
            max_length=300,
            required=False,
        )

    @property
    def texts(self) -> dict[int, str]:
        return {rank: self.cleaned_data.get(f"text_{rank}", "") for rank in RANKS}


class SuggestionForm(forms.Form):
    """Chosen suggestions and the place they go to; empty means the first free one."""

    saran = forms.CharField(required=False)
    ke = forms.TypedChoiceField(
        choices=[("", _("Prioritas baru")), *[(rank, rank) for rank in RANKS]],
        coerce=int,
        required=False,
        empty_value=None,
    )

    @staticmethod
    def keys(data) -> set[str]:
        return {key for group in data.getlist("saran") for key in group.split(",")}


class CollaboratorForm(forms.Form):
    email = forms.EmailField(
        label=_("Surel"), max_length=180, help_text=_("Orang dengan surel ini bisa menyunting laporan ini saja.")
    )


class SubmitForm(forms.Form):
    token = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """What Pusat decides of a version: a comment for each component, and a reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Alasan atau pengantar"), max_length=500, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in Kind:
            self.fields[f"note_{kind}"] = forms.CharField(
                label=_("Catatan: %(kind)s") % {"kind": kind.label},
                help_text=_("Tuliskan yang perlu diubah. Kosongkan bila tidak ada."),
                max_length=1000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def comments(self) -> dict[str, str]:
        return {kind: self.cleaned_data[f"note_{kind}"] for kind in Kind.values}


class CompareForm(forms.Form):
    dari = forms.IntegerField(label=_("Dari versi"))
    ke = forms.IntegerField(label=_("Ke versi"))


def _hint(kind: Kind, other: str) -> str:
    # A hint may hold markup, so what somebody typed is escaped here.
    text = escape(other)
    if kind == Kind.MITIGASI:
        return (
            gettext("Untuk risiko: %(text)s") % {"text": text}
            if other
            else gettext("Risiko dengan nomor ini belum diisi.")
        )
    if kind == Kind.RISIKO and other:
        return gettext("Mitigasinya: %(text)s") % {"text": text}
    return ""
