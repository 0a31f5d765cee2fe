from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Note, Undangan
from ..selectors.sessions import invited


class NoteForm(forms.Form):
    """A note under one prompt; the solution only for what is to improve, the risk only for a mitigation."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(label=_("Catatan"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    solution = forms.CharField(
        label=_("Ide solusi"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    risk = forms.ModelChoiceField(
        label=_("Untuk risiko"), queryset=Note.objects.none(), required=False, empty_label=_("Tidak dikaitkan")
    )
    undangan = forms.ModelChoiceField(
        label=_("Dari komunitas"), queryset=Undangan.objects.none(), required=False, empty_label=_("Bersama")
    )

    def __init__(self, *args, session, prompt, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["undangan"].queryset = invited(session)
        self.fields["undangan"].label_from_instance = lambda one: one.kombel.name
        if prompt == Note.Prompt.MITIGASI:
            self.fields["risk"].queryset = Note.objects.filter(session=session, prompt=Note.Prompt.RISIKO)
        else:
            del self.fields["risk"]
        if prompt != Note.Prompt.DITINGKATKAN:
            del self.fields["solution"]

    def values(self) -> dict:
        names = ("text", "solution", "risk", "undangan")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}


class TakeOverForm(forms.Form):
    """Which of a community's own words become a note."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in Note.Source.values if kind != Note.Source.SESI])
    id = forms.IntegerField(min_value=1)
    part = forms.CharField(max_length=20)
    prompt = forms.ChoiceField(choices=Note.Prompt.choices)
