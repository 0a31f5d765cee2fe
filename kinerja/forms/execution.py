"""Shapes of the observation's steps and of evidence; rules live in the services."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.actors import widgets
from coordination.actors.errors import Refusal
from coordination.actors.forms import OnceForm

from ..models import Evidence, Observation, Plan
from ..selectors.observations import RubricRow, rubric_of


class StepForm(OnceForm):
    """A step of the observation, bound to the version the page showed; several stand on one page."""

    step = forms.CharField(widget=forms.HiddenInput, max_length=12)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any, *, observation: Observation, step: str):
        initial = {**self.initial_of(observation), "step": step, "version": observation.version}
        super().__init__(data, initial=initial, auto_id=f"{step}_%s")

    def initial_of(self, observation: Observation) -> dict[str, Any]:
        names = [name for name in self.base_fields if name not in {"token", "step", "version"}]
        return {name: getattr(observation, name) for name in names}

    def given(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"token", "step", "version"}}


class ProposeForm(StepForm):
    """A day for the observation."""

    held_on = forms.DateField(label=_("Tanggal observasi"), widget=widgets.DateInput)
    starts = forms.TimeField(label=_("Jam"), widget=widgets.TimeInput, required=False)
    place = forms.CharField(label=_("Kelas atau tempat"), max_length=120, required=False)


class AgreeForm(StepForm):
    """Nothing but the agreement."""


def _text(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class PrepareForm(StepForm):
    preparation = _text(_("Hasil diskusi persiapan"), _("Tujuan pelajaran, yang akan diamati, dan yang disepakati."))


class FollowForm(StepForm):
    follow_up = _text(_("Hasil diskusi tindak lanjut"), _("Yang sudah baik, yang perlu diperbaiki, dan dukungannya."))


class ImproveForm(StepForm):
    improvement = _text(_("Upaya perbaikan"), _("Yang Anda lakukan setelah diskusi tindak lanjut."))


class ReflectForm(StepForm):
    reflection = _text(_("Refleksi"), _("Yang berubah di kelas, dan langkah berikutnya."))


class RubricForm(StepForm):
    """The rubric: for each focus behaviour a level of the pack's scale and a note."""

    observed_on = forms.DateField(label=_("Diobservasi pada"), widget=widgets.DateInput)
    observer_note = forms.CharField(
        label=_("Catatan pengamat"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, data: Any, *, observation: Observation, step: str, rows: Sequence[RubricRow], scale: Sequence[str]
    ):
        super().__init__(data, observation=observation, step=step)
        self.numbers = [row.number for row in rows]
        for row in rows:
            self.fields[f"score_{row.number}"] = forms.TypedChoiceField(
                label=row.focus, choices=list(enumerate(scale)), coerce=int, widget=forms.RadioSelect
            )
            self.fields[f"note_{row.number}"] = forms.CharField(
                label=_("Yang terlihat di kelas (perilaku %(number)s)") % {"number": row.number},
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.order_fields(
            ["observed_on", *(name for number in self.numbers for name in (f"score_{number}", f"note_{number}"))]
        )

    def initial_of(self, observation: Observation) -> dict[str, Any]:
        return {"observed_on": observation.held_on}

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        rubric = {one: {"score": data[f"score_{one}"], "note": data[f"note_{one}"]} for one in self.numbers}
        return {"rubric": rubric, "observed_on": data["observed_on"], "observer_note": data["observer_note"]}


FORMS: dict[str, type[StepForm]] = {
    "propose": ProposeForm,
    "agree": AgreeForm,
    "prepare": PrepareForm,
    "follow": FollowForm,
    "improve": ImproveForm,
    "reflect": ReflectForm,
}
"""The step's form; the rubric's is made of the plan's indicator."""


def step_form(step: str, data: Any, *, plan: Plan, observation: Observation) -> StepForm:
    """The form of a step; raises Refusal for a step there is not."""
    if step == "observe":
        rows = rubric_of(plan, Observation(plan=plan))
        return RubricForm(data, observation=observation, step=step, rows=rows, scale=plan.rules.scale)
    if step not in FORMS:
        raise Refusal(str(_("Langkah itu tidak ada.")), mend=str(_("Muat ulang halaman.")), code="unknown_step")
    return FORMS[step](data, observation=observation, step=step)


class EvidenceForm(OnceForm):
    """A piece of evidence of one kind; only the fields of the kind are asked."""

    title = forms.CharField(label=_("Judul"), max_length=160, help_text=_("Misalnya nama pelatihan atau kegiatan."))
    done_on = forms.DateField(label=_("Tanggal kegiatan"), widget=widgets.DateInput)
    units = forms.IntegerField(label=_("Jumlah"), min_value=1, max_value=999, initial=1)
    file = forms.FileField(label=_("Berkas"), required=False)
    link = forms.CharField(
        label=_("Tautan"),
        max_length=400,
        widget=forms.URLInput(attrs={"inputmode": "url", "placeholder": "https://"}),
        help_text=_("Pastikan atasan Anda bisa membukanya."),
    )
    note = forms.CharField(
        label=_("Catatan"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, kind: str, megabytes: int, unit: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        if unit:
            self.fields["units"].label = _("Jumlah %(unit)s") % {"unit": unit}
            self.fields["units"].help_text = _("Banyaknya %(unit)s yang ditunjukkan bukti ini.") % {"unit": unit}
        if kind == Evidence.Kind.PHOTO:
            self.fields["file"].widget = widgets.PhotoInput(most=1)
            self.fields["file"].label = _("Foto")
            self.fields["file"].help_text = _(
                "Paling besar %(size)d MB, JPG, PNG atau WebP. Foto dari ponsel dikecilkan lebih dulu."
            ) % {"size": megabytes}
        elif kind == Evidence.Kind.PDF:
            self.fields["file"].widget = widgets.FileInput("application/pdf,.pdf")
            self.fields["file"].label = "PDF"
            self.fields["file"].help_text = _("Paling besar %(size)d MB, tanpa sandi.") % {"size": megabytes}
        else:
            del self.fields["file"]
        if kind != Evidence.Kind.LINK:
            del self.fields["link"]
        if kind == Evidence.Kind.NOTE:
            self.fields["note"].required = True
        for name in ("file", "link", "note"):
            if name in self.fields:
                self.fields[name].widget.is_required = self.fields[name].required
        if "file" in self.fields:
            self.fields["file"].quiet = True  # the service says it in words when it is missing


class RemoveEvidenceForm(OnceForm):
    """Why a piece of evidence is withdrawn."""

    reason = forms.CharField(label=_("Alasan"), max_length=200, help_text=_("Misalnya: salah berkas, tertukar RHK."))
