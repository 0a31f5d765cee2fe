from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.actors.widgets import DateInput, TimeInput
from kombel.models import Jenjang, Kombel

from ..models import Cycle, Session
from ..selectors.cycles import current_cycle
from ..selectors.sessions import cycles_for_session, cycles_with_sessions
from .base import ShapeForm


class SessionForm(ShapeForm):
    """When, where and what of a session."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Session
        fields = ["title", "cycle", "held_on", "starts", "ends", "mode", "place", "rtl_due_on"]
        widgets = {
            "held_on": DateInput,
            "starts": TimeInput,
            "ends": TimeInput,
            "rtl_due_on": DateInput,
            "mode": forms.RadioSelect,
        }
        help_texts = {
            "title": _("Misalnya: Refleksi Komunitas Belajar Kota Depok."),
            "place": _("Alamat untuk luring, tautan pertemuan untuk daring."),
            "rtl_due_on": _("Sampai kapan komunitas mengirim RTL. Kosong: dua minggu setelah sesi."),
        }

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cycle"].queryset = cycles_for_session(today) | Cycle.objects.filter(pk=self.instance.cycle_id)
        self.fields["mode"].choices = Session.Mode.choices
        self.fields["rtl_due_on"].required = bool(self.instance.pk)
        if not self.instance.pk:
            self.initial.setdefault("cycle", current_cycle(today))
        else:
            self.initial["version"] = self.instance.version


class DesignForm(ShapeForm):
    """KAK, technical design and letters of a session (RF-2)."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Session
        fields = ["background", "moderation", "equipment", "letter_number", "signatory", "signatory_title"]
        help_texts = {
            "background": _("Satu atau dua paragraf untuk KAK: keadaan komunitas belajar dan alasan sesi ini."),
            "moderation": _("Satu baris satu bagian. Awalnya berisi contoh dari perangkat refleksi."),
            "equipment": _("Pisahkan dengan titik koma."),
        }


class TaskForm(forms.Form):
    """Who does what at the session."""

    name = forms.CharField(label=_("Nama"), max_length=120)
    task = forms.CharField(label=_("Tugas"), max_length=160, help_text=_("Misalnya: moderator, pencatat, teknis."))


class MoveForm(forms.Form):
    """A change of state with its reason."""

    change = forms.ChoiceField(choices=[(name, name) for name in Session.TRANSITIONS], widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Alasan"), max_length=300, required=False)


class SessionFilter(forms.Form):
    q = forms.CharField(label=_("Cari judul"), required=False, widget=forms.SearchInput)
    siklus = forms.ModelChoiceField(
        label=_("Siklus"), queryset=Cycle.objects.none(), required=False, empty_label=_("Semua")
    )
    keadaan = forms.ChoiceField(label=_("Keadaan"), choices=[("", _("Semua")), *Session.State.choices], required=False)

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["siklus"].queryset = cycles_with_sessions(actor)

    def wanted(self) -> dict:
        """The filters as the selector names them; what cannot be read is left out."""
        self.is_valid()
        found = self.cleaned_data
        cycle = found.get("siklus")
        return {"cycle": cycle.pk if cycle else None, "state": found.get("keadaan", ""), "search": found.get("q", "")}


class InviteFilter(forms.Form):
    """Which communities to choose from."""

    kabkota = forms.ChoiceField(label=_("Kab/kota"), required=False)
    jenis = forms.ChoiceField(label=_("Jenis"), choices=[("", _("Semua")), *Kombel.Kind.choices], required=False)
    jenjang = forms.ChoiceField(label=_("Jenjang"), choices=[("", _("Semua")), *Jenjang.choices], required=False)
    keaktifan = forms.ChoiceField(
        label=_("Keaktifan"),
        choices=[("", _("Semua")), ("aktif", _("Bertemu 30 hari terakhir")), ("senyap", _("Senyap > 30 hari"))],
        required=False,
    )
    q = forms.CharField(label=_("Cari nama"), required=False, widget=forms.SearchInput)

    def __init__(self, *args, regions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kabkota"].choices = [("", _("Semua")), *((one.code, one.name) for one in regions)]

    def wanted(self) -> dict:
        """The filters as the selector names them; what cannot be read is left out."""
        self.is_valid()
        names = {"kabkota": "kabkota", "jenis": "kind", "jenjang": "jenjang", "keaktifan": "activity", "q": "search"}
        return {name: self.cleaned_data.get(key, "") for key, name in names.items()}


def is_id(value: str) -> bool:
    """Whether a text can be the id of a row; whose row it is, the view's door decides."""
    return value.isdecimal() and len(value) < 19


class InviteForm(forms.Form):
    """The chosen communities, or all of a filter with the number that was shown."""

    kombel = forms.TypedMultipleChoiceField(coerce=int, required=False)
    everyone = forms.BooleanField(required=False)
    expected = forms.IntegerField(required=False, min_value=0)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kombel"].valid_value = is_id


class AttendanceForm(forms.Form):
    """Of the letters shown on the page, those that were present."""

    shown = forms.TypedMultipleChoiceField(coerce=int, required=False)
    present = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.valid_value = is_id
