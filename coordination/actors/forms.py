"""Shapes of what people type on the ground floor; rules live in the services."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext_lazy as _

from .actor import Actor
from .models import Organisation, Role, School, Wilayah
from .models.memberships import SCHOOL_ROLES
from .schools.table import MAX_BYTES
from .selectors.members import gives_at_schools, offices_to_fill, regions_of, roles_to_give, school_by_npsn
from .widgets import DateInput, FileInput, limit_text


class OnceForm(forms.Form):
    """A form whose hidden token lets a double click make one record (services/once.py)."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class Fields(dict):
    """The declared fields of a form, of which a copy shares those named in `same`."""

    def __init__(self, declared: dict[str, forms.Field], same: frozenset[str]):
        super().__init__(declared)
        self.same = same

    def __deepcopy__(self, memo: dict) -> dict[str, forms.Field]:
        return {name: field if name in self.same else deepcopy(field, memo) for name, field in self.items()}


class Pairs(BaseChoiceIterator):
    """Choices that are pairs of text already: Django would look through each of them twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        self.pairs = pairs

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self.pairs)


class SharingForm(forms.Form):
    """A form that never changes its fields `same_for_all`: all its readers share them, and each is drawn once.

    Copying a dozen fields for every reader took as long as asking the database; see also `{% quick_form %}`.
    """

    same_for_all: frozenset[str] = frozenset()

    def __init__(self, *args, **kwargs):
        self.base_fields = Fields(self.base_fields, self.same_for_all)
        super().__init__(*args, **kwargs)


class PlaceMixin(forms.Form):
    """Asks for a place by office or NPSN, as far as the actor's area goes; `cleaned_data["place"]` holds it."""

    office = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Kantor"), required=False, help_text=_("Untuk peran di kantor.")
    )
    npsn = forms.CharField(
        label=_("NPSN sekolah"), max_length=8, required=False, help_text=_("Untuk peran di sekolah: 8 angka.")
    )

    def __init__(self, *args, actor: Actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.actor = actor
        if actor.role == Role.KEPSEK:
            del self.fields["office"], self.fields["npsn"]
            return
        offices = offices_to_fill(actor)
        office = cast(forms.ModelChoiceField, self.fields["office"])
        office.queryset = Organisation.objects.filter(pk__in=[office.pk for office in offices])
        if not gives_at_schools(actor):
            del self.fields["npsn"]

    def clean_place(self, role: str) -> None:
        """Find the place the role needs, or add an error that says which field to fill."""
        data = self.cleaned_data
        if self.actor.role == Role.KEPSEK:
            data["place"] = School.objects.get(pk=self.actor.acting.school_id or 0)
        elif role in SCHOOL_ROLES:
            data["place"] = school_by_npsn(self.actor, data.get("npsn", "")) if data.get("npsn") else None
            if data["place"] is None and "npsn" in self.fields:
                self.add_error("npsn", _("NPSN ini tidak ada di wilayah Anda. Periksa angkanya, atau impor dulu."))
        else:
            data["place"] = data.get("office")
            if data["place"] is None:
                self.add_error("office", _("Pilih kantor untuk peran ini."))


class InviteForm(PlaceMixin, OnceForm):
    """Offer a role to an e-mail address."""

    name = forms.CharField(label=_("Nama lengkap"), max_length=120)
    email = forms.EmailField(label=_("Surel"), help_text=_("Utamakan akun belajar.id."))
    role = forms.ChoiceField(label=_("Peran"))
    plt = forms.BooleanField(label=_("Pelaksana tugas (Plt)"), required=False)
    until = forms.DateField(label=_("Berlaku sampai"), required=False, widget=DateInput)
    field_order = ["name", "email", "role", "office", "npsn", "plt", "until", "token"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("Pilih peran")), *roles_to_give(self.actor)]
        if self.actor.role == Role.KEPSEK:
            # Acting in another's stead there is only for offices and principals.
            del self.fields["plt"]

    def clean(self):
        data = super().clean()
        if data.get("role"):
            self.clean_place(data["role"])
        return data


class EndForm(forms.Form):
    """Why a role ends."""

    reason = forms.CharField(label=_("Alasan"), max_length=200, help_text=_("Misalnya: pensiun, mutasi, selesai."))


class TransferForm(PlaceMixin):
    """Where a person goes, from which day, and why."""

    on = forms.DateField(label=_("Mulai di tempat baru"), widget=DateInput)
    reason = forms.CharField(label=_("Alasan"), max_length=200)

    def __init__(self, *args, role: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.role = role
        unused = "office" if role in SCHOOL_ROLES else "npsn"
        self.fields.pop(unused, None)

    def clean(self):
        data = super().clean()
        self.clean_place(self.role)
        return data


class ReachForm(forms.Form):
    """One more school for a pengawas or a mitra; for a mitra also a whole kab/kota at one level."""

    npsn = forms.CharField(label=_("NPSN sekolah"), max_length=8, min_length=8, required=False)
    region = forms.ModelChoiceField(
        Wilayah.objects.none(), label=_("Atau seluruh kab/kota"), required=False, empty_label=_("Tidak ada")
    )
    level = forms.ChoiceField(label=_("Jenjang di kab/kota itu"), choices=School.Level.choices, required=False)

    def __init__(self, *args, actor: Actor, areas: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.actor = actor
        if areas:
            self.fields["region"].queryset = regions_of(actor)
        else:
            del self.fields["region"], self.fields["level"]

    def clean(self):
        data = super().clean()
        if data.get("npsn"):
            data["school"] = school_by_npsn(self.actor, data["npsn"])
            if data["school"] is None:
                self.add_error("npsn", _("NPSN ini tidak ada di wilayah Anda."))
        elif not data.get("region") and "npsn" not in self.errors:
            self.add_error("npsn", _("Isi NPSN sekolahnya."))
        return data


class JoinForm(forms.Form):
    """The account an invited person makes for themselves."""

    name = forms.CharField(label=_("Nama lengkap"), max_length=120)
    password = forms.CharField(
        label=_("Kata sandi"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Sedikitnya 10 karakter."),
    )

    def clean_password(self):
        password = self.cleaned_data["password"]
        validate_password(password)
        return password


class TokenForm(OnceForm):
    """A new API token."""

    name = forms.CharField(label=_("Dipakai untuk"), max_length=80)
    days = forms.TypedChoiceField(
        label=_("Berlaku"), coerce=int, choices=[(30, _("30 hari")), (90, _("90 hari")), (365, _("1 tahun"))]
    )


class SchoolFilterForm(forms.Form):
    """The filters of the list of schools; those that do not fit the actor's area are left out."""

    q = forms.CharField(label=_("Nama atau NPSN"), max_length=80, required=False, widget=forms.TextInput)
    provinsi = forms.ChoiceField(label=_("Provinsi"), required=False)
    kabkota = forms.ChoiceField(label=_("Kab/kota"), required=False)
    kecamatan = forms.ChoiceField(label=_("Kecamatan"), required=False)
    bentuk = forms.ChoiceField(label=_("Bentuk"), required=False)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("Semua status")), *School.Status.choices]
    )

    def __init__(self, *args, areas: dict[str, list[tuple[str, str]]], kinds: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        empty = {"provinsi": _("Semua provinsi"), "kabkota": _("Semua kab/kota"), "kecamatan": _("Semua kecamatan")}
        for name, label in empty.items():
            if areas[name]:
                self.fields[name].choices = [("", label), *areas[name]]
            else:
                del self.fields[name]
        self.fields["bentuk"].choices = [("", _("Semua bentuk")), *((kind, kind) for kind in kinds)]

    def chosen(self) -> dict[str, str]:
        """The filters that hold; a value that is not offered (any more) is no mistake but not chosen."""
        self.is_valid()
        self.errors.clear()
        names = {"q": "search"}
        return {names.get(name, name): value for name, value in self.cleaned_data.items() if value}


class SchoolImportForm(OnceForm):
    """A school list to upload."""

    file = forms.FileField(
        label=_("Daftar sekolah"),
        help_text=limit_text(MAX_BYTES // 1024 // 1024, "XLSX / CSV"),
        widget=FileInput(".csv,.xlsx,.txt"),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("Berkas ini terlalu besar. Bagi menjadi beberapa berkas."))
        return file
