from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coordination.actors.actor import AT_SCHOOL, Actor
from coordination.actors.forms import OnceForm
from coordination.actors.models import School, Wilayah
from coordination.actors.selectors.members import school_by_npsn
from coordination.actors.tenancy import paths

from ..models import Jenjang, Kombel

DASAR = (Jenjang.PAUD, Jenjang.SD, Jenjang.SMP)
MENENGAH = (Jenjang.SMA, Jenjang.SMK, Jenjang.SLB)


class RegisterForm(OnceForm):
    """Register a kombel: at a given school by name alone; otherwise an office says where and of what kind."""

    kind = forms.ChoiceField(label=_("Jenis komunitas"), choices=Kombel.Kind.choices, widget=forms.RadioSelect)
    npsn = forms.CharField(
        label=_("NPSN sekolah"), max_length=8, required=False, help_text=_("Untuk komunitas dalam sekolah: 8 angka.")
    )
    form = forms.ChoiceField(
        label=_("Bentuk"),
        choices=[("", "–"), *Kombel.Form.choices],
        required=False,
        help_text=_("Untuk antar sekolah."),
    )
    jenjang = forms.ChoiceField(
        label=_("Jenjang"),
        required=False,
        help_text=_("Untuk antar sekolah dan daring; jenjang sekolah diambil dari datanya."),
    )
    wilayah = forms.ModelChoiceField(
        Wilayah.objects.none(), label=_("Wilayah"), required=False, help_text=_("Untuk antar sekolah dan daring.")
    )
    name = forms.CharField(label=_("Nama komunitas"), max_length=120)
    programme = forms.CharField(
        label=_("Program kegiatan"), max_length=4000, required=False, widget=forms.Textarea,
        help_text=_("Apa yang ingin dipelajari bersama tahun ini."),
    )  # fmt: skip

    def __init__(self, *args, actor: Actor, school: School | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.school = School.objects.get(pk=actor.acting.school_id or 0) if actor.role in AT_SCHOOL else school
        if self.school is not None:
            for name in ("kind", "npsn", "form", "jenjang", "wilayah"):
                del self.fields[name]
            return
        self.fields["jenjang"].choices = [("", "–"), *((one.value, one.label) for one in jenjang_of(actor))]
        self.fields["wilayah"].queryset = regions_of(actor)

    def clean(self) -> dict:
        data = super().clean() or {}
        if self.school is not None:
            data["kind"], data["school"] = Kombel.Kind.DALAM, self.school
        elif data.get("kind") == Kombel.Kind.DALAM:
            data["school"] = school_by_npsn(self.actor, data["npsn"]) if data.get("npsn") else None
            if data["school"] is None:
                self.add_error("npsn", _("NPSN ini tidak ada di wilayah Anda. Periksa angkanya, atau impor dulu."))
        elif data.get("kind"):
            self._need("wilayah", "jenjang", *(["form"] if data["kind"] == Kombel.Kind.ANTAR else []))
        return data

    def _need(self, *names: str) -> None:
        for name in names:
            if not self.cleaned_data.get(name):
                self.add_error(name, _("Bagian ini perlu diisi untuk jenis komunitas itu."))

    def values(self) -> dict:
        """What `register_kombel` takes."""
        data = self.cleaned_data
        where = {"school": data["school"]} if data.get("school") else {"wilayah": data.get("wilayah")}
        level = paths.MENENGAH if level_is_menengah(self.actor, data.get("jenjang", "")) else paths.DASAR
        named = {name: data.get(name, "") for name in ("form", "jenjang", "programme")}
        return {"name": data["name"], "kind": data["kind"], "level": level, **named, **where}


def level_is_menengah(actor: Actor, jenjang: str) -> bool:
    """Who answers for a kombel between schools follows from its jenjang; a mixed one from the office itself."""
    if jenjang in DASAR or jenjang in MENENGAH:
        return jenjang in MENENGAH
    return actor.acting.unit == "dinas_provinsi"


def jenjang_of(actor: Actor) -> tuple[Jenjang, ...]:
    """The jenjang that the actor's office answers for."""
    if actor.is_vocational:
        return (Jenjang.SMK,)
    if actor.is_dinas:
        return (*(MENENGAH if actor.acting.unit == "dinas_provinsi" else DASAR), Jenjang.LAIN)
    return tuple(Jenjang)


def regions_of(actor: Actor):
    """The regions an office may register a kombel for: its own, and those right below."""
    tops = [actor.acting.wilayah] if actor.is_dinas else list(actor.acting.serves)
    if actor.is_vocational:
        return Wilayah.objects.filter(level=Wilayah.Level.PROVINSI)
    return Wilayah.objects.filter(Q(code__in=tops) | Q(parent__in=tops)).order_by("code")


class ChangeForm(forms.Form):
    """A kombel's name and programme, with the version they were read in."""

    name = forms.CharField(label=_("Nama komunitas"), max_length=120)
    programme = forms.CharField(label=_("Program kegiatan"), max_length=4000, required=False, widget=forms.Textarea)
    version = forms.IntegerField(widget=forms.HiddenInput)
