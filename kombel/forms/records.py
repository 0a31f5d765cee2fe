from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.actors import widgets
from coordination.actors.forms import OnceForm

from ..models import ContactLog, PmmCheck, Schedule
from ..models.meetings import Mode


class ScheduleForm(OnceForm):
    """A routine: every how many weeks or months, on which day, from when to when."""

    purpose = forms.ChoiceField(label=_("Untuk"), choices=Schedule.Purpose.choices)
    every = forms.IntegerField(label=_("Setiap"), min_value=1, max_value=12, initial=1)
    unit = forms.ChoiceField(label=_("Satuan"), choices=Schedule.Unit.choices)
    weekday = forms.TypedChoiceField(label=_("Hari"), choices=Schedule.Weekday.choices, coerce=int)
    starts = forms.TimeField(label=_("Mulai"), widget=widgets.TimeInput)
    ends = forms.TimeField(label=_("Selesai"), widget=widgets.TimeInput)
    mode = forms.ChoiceField(label=_("Cara bertemu"), choices=Mode.choices)
    place = forms.CharField(label=_("Tempat"), max_length=120, required=False)

    def clean(self) -> dict:
        data = super().clean() or {}
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("Jam selesai harus sesudah jam mulai."))
        return data

    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "token"}


class PmmForm(forms.Form):
    """What is declared for registering in PMM (KB-6)."""

    account = forms.EmailField(label=_("Akun belajar.id penggerak"), max_length=180, required=False)
    uses_pmm = forms.BooleanField(label=_("Menggunakan PMM sebagai sumber belajar"), required=False)
    trainings = forms.MultipleChoiceField(
        label=_("Pelatihan mandiri yang selesai sampai mengunggah Aksi Nyata"),
        choices=PmmCheck.Training.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    manages = forms.BooleanField(
        label=_("Aktif mengelola komunitas atau memfasilitasi proses belajarnya"), required=False
    )
    committed = forms.BooleanField(label=_("Berkomitmen memfasilitasi proses belajar rekan sejawat"), required=False)
    registered_on = forms.DateField(
        label=_("Terdaftar di PMM pada"), required=False, widget=widgets.DateInput,
        help_text=_("Isi setelah semua syarat terpenuhi dan komunitas didaftarkan di PMM."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)


class DutyForm(forms.Form):
    """Evidence for one of the ten duties (KB-8)."""

    evidence = forms.CharField(label=_("Apa yang sudah dilakukan?"), max_length=300)


class ContactForm(OnceForm):
    """What came of asking after a silent kombel."""

    outcome = forms.ChoiceField(label=_("Hasil"), choices=ContactLog.Outcome.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Catatan"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    next_on = forms.DateField(label=_("Hubungi lagi"), required=False, widget=widgets.DateInput)

    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "token"}
