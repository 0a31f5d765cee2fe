from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.actors import widgets
from coordination.actors.forms import OnceForm, Pairs, SharingForm

from ..models import Kombel
from ..models.meetings import Mode
from ..services.meetings import Minutes


class PhotosField(forms.FileField):
    """Several files in one field; checked one by one in the service."""

    def clean(self, data, initial=None) -> list:
        if not data:
            return []
        return [super(PhotosField, self).clean(one, initial) for one in data]


class PhotosInput(widgets.PhotoInput):
    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class PlanForm(SharingForm, OnceForm):
    """A meeting to come: when, and about what."""

    held_on = forms.DateField(label=_("Tanggal"), widget=widgets.DateInput)
    topic = forms.CharField(
        label=_("Topik"), max_length=160, help_text=_("Misalnya kendala di kelas yang ingin dibahas bersama.")
    )
    starts = forms.TimeField(label=_("Mulai"), widget=widgets.TimeInput, required=False)
    ends = forms.TimeField(label=_("Selesai"), widget=widgets.TimeInput, required=False)
    mode = forms.ChoiceField(label=_("Cara bertemu"), choices=Mode.choices, initial=Mode.LURING)
    all_teachers = forms.BooleanField(label=_("Semua guru berkumpul"), required=False)

    def __init__(self, *args, kombel: Kombel, **kwargs):
        super().__init__(*args, **kwargs)
        if kombel.kind != Kombel.Kind.DALAM:
            del self.fields["all_teachers"]

    def minutes(self) -> Minutes:
        names = ("topic", "held_on", "starts", "ends", "mode", "all_teachers", "present", "notes")
        return Minutes(**{name: self.cleaned_data[name] for name in names if name in self.cleaned_data})


class MeetingForm(PlanForm):
    """A meeting that took place: the plan's fields, who came, photos and notes.

    `members` are dicts of `selectors.members_of`, so that the page needs no statement beside the kombel's own.
    """

    present = forms.IntegerField(
        label=_("Jumlah hadir"), min_value=0, max_value=2000, required=False,
        help_text=_("Boleh kosong bila anggota yang hadir ditandai."),
    )  # fmt: skip
    photos = PhotosField(label=_("Foto kegiatan"), required=False, widget=PhotosInput(most=3))
    notes = forms.CharField(
        label=_("Catatan"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    cluster = forms.ChoiceField(label=_("Klaster"), required=False)
    members = forms.MultipleChoiceField(
        label=_("Anggota yang hadir"), required=False, widget=forms.CheckboxSelectMultiple
    )
    same_for_all = frozenset(
        {"held_on", "topic", "starts", "ends", "mode", "all_teachers", "present", "notes", "token", "version"}
    )
    field_order = [
        "held_on",
        "topic",
        "starts",
        "ends",
        "mode",
        "all_teachers",
        "cluster",
        "present",
        "members",
        "photos",
    ]

    def __init__(self, *args, kombel: Kombel, members: list[dict], photo_megabytes: int, photos_most: int, **kwargs):
        super().__init__(*args, kombel=kombel, **kwargs)
        self.fields["photos"].help_text = _("Paling banyak %(most)d foto, masing-masing paling besar %(size)d MB.") % {
            "most": photos_most,
            "size": photo_megabytes,
        }
        clusters = {str(one["cluster"]): one["cluster_name"] for one in members if one["cluster"]}
        self._offer("cluster", [("", _("Seluruh komunitas")), *clusters.items()] if clusters else [])
        self._offer("members", [(str(one["id"]), one["name"]) for one in members])

    def _offer(self, name: str, pairs: list[tuple[str, Any]]) -> None:
        """Offer a choice; where there is nothing to choose, leave the question out."""
        if pairs:
            cast(forms.ChoiceField, self.fields[name]).choices = Pairs(pairs)
        else:
            del self.fields[name]


class ReflectionForm(forms.Form):
    """The short reflection (2 minutes); one answered question is enough."""

    went_well = forms.CharField(
        label=_("Apa yang berjalan baik?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    to_improve = forms.CharField(
        label=_("Apa yang perlu ditingkatkan?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    pupil_impact = forms.CharField(
        label=_("Dampak untuk murid?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    challenges = forms.CharField(
        label=_("Tantangan"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kendala di sekolah yang bisa menjadi topik berikutnya."),
    )  # fmt: skip
    next_step = forms.CharField(
        label=_("Tindak lanjut"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
