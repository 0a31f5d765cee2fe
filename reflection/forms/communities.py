"""What a penggerak fills, on a phone."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.actors.widgets import DateInput

from ..models import Feedback, Rtl, RtlItem
from .base import ShapeForm


class AnswerForm(forms.Form):
    """Whether the community comes."""

    answer = forms.ChoiceField(
        label=_("Apakah komunitas Anda hadir?"),
        choices=[("ya", _("Ya, kami akan hadir")), ("tidak", _("Tidak, kami berhalangan"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Keterangan"),
        max_length=300,
        required=False,
        help_text=_("Wajib bila berhalangan: tuliskan alasannya."),
    )


class FeedbackForm(ShapeForm):
    """Three topics of one source (RF-1); at least one is filled."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    people = forms.IntegerField(label=_("Berapa orang yang Anda tanya?"), min_value=1, max_value=10_000, required=False)

    class Meta:
        model = Feedback
        fields = ["giver", "people", "impact_pupils", "impact_teachers", "proposals"]
        labels = {
            "giver": _("Dari siapa?"),
            "impact_pupils": _("Apa dampak komunitas belajar untuk murid?"),
            "impact_teachers": _("Apa dampaknya untuk guru dan kepala sekolah?"),
            "proposals": _("Kegiatan apa yang diusulkan?"),
        }
        widgets = {
            "giver": forms.RadioSelect,
            **{name: forms.Textarea(attrs={"rows": 3}) for name in Feedback.TOPICS},
        }
        help_texts = {"impact_pupils": _("Isi paling sedikit satu dari tiga topik.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["giver"].choices = Feedback.Giver.choices
        if self.instance.pk:
            self.initial["version"] = self.instance.version


class RtlItemForm(ShapeForm):
    """One activity of the follow-up plan, in the set format (RF-5)."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = RtlItem
        fields = ["activity", "aim", "responsible", "due_on", "indicator", "support"]
        widgets = {
            "due_on": DateInput,
            "aim": forms.Textarea(attrs={"rows": 2}),
            "indicator": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["version"] = self.instance.version


class ProgressForm(ShapeForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = RtlItem
        fields = ["progress", "progress_note"]
        widgets = {"progress": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["progress"].choices = RtlItem.Progress.choices
        self.initial["version"] = self.instance.version


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Alasan"), max_length=300)


class PlanFilter(forms.Form):
    q = forms.CharField(label=_("Cari komunitas"), required=False, widget=forms.SearchInput)
    keadaan = forms.ChoiceField(label=_("Keadaan"), choices=[("", _("Semua")), *Rtl.State.choices], required=False)
    terlambat = forms.BooleanField(label=_("Hanya yang terlambat"), required=False)

    def wanted(self) -> dict:
        """The filters as the selector names them; what cannot be read is left out."""
        self.is_valid()
        found = self.cleaned_data
        return {
            "search": found.get("q", ""),
            "state": found.get("keadaan", ""),
            "late": found.get("terlambat", False),
        }
