"""Shapes of what a teacher types while planning; what it may be is said by `kinerja.rules.content`."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.actors.forms import OnceForm
from coordination.actors.widgets import DateInput

from ..models import Plan, Section, SectionCode
from ..rules.content import QUANTITY_MOST, TEXT_MOST
from ..rules.pack import Value
from ..services.drafting import mark_of


class SectionForm(forms.Form):
    """A section of a draft with the version it was read at; `content` is what the service takes."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, plan: Plan, section: Section):
        super().__init__(data, initial={"version": section.version})
        self.plan, self.stored = plan, section.content

    @property
    def content(self) -> dict[str, Any]:
        raise NotImplementedError


class PraktikForm(SectionForm):
    indicator = forms.CharField(max_length=40, required=False)

    @property
    def chosen(self) -> str:
        return self["indicator"].value() if self.is_bound else self.stored.get("indicator", "")

    @property
    def content(self) -> dict[str, Any]:
        return {"indicator": self.cleaned_data["indicator"]}


class ItemsForm(SectionForm):
    """Rows that are ticked; a row filled in but not ticked counts too, unless it was ticked before."""

    def chosen(self, number: int, *, filled: bool) -> bool:
        before = str(number) in self.stored.get("items", {})
        return bool(self.cleaned_data.get(f"pilih_{number}")) or (filled and not before)

    def ticked(self, number: int) -> bool:
        if self.is_bound:
            return bool(self[f"pilih_{number}"].value())
        return str(number) in self.stored.get("items", {})


class KompetensiForm(ItemsForm):
    under_reason = forms.CharField(
        label=_("Alasan di bawah batas poin"),
        help_text=_("Wajib bila rencana diajukan di bawah batas poin. Yang memutuskan akan membacanya."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, plan: Plan, section: Section):
        super().__init__(data, plan=plan, section=section)
        for one in plan.rules.utama:
            self.fields[f"pilih_{one.number}"] = forms.BooleanField(required=False)
            self.fields[f"jumlah_{one.number}"] = forms.IntegerField(
                label=_("Jumlah RHK %(number)d") % {"number": one.number},
                required=False,
                min_value=0,
                max_value=QUANTITY_MOST,
            )
        if plan.rules.limits is None:
            del self.fields["under_reason"]
        else:
            self.initial["under_reason"] = self.stored.get("under_reason", "")

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What the page shows of each RHK."""
        items = self.stored.get("items", {})
        return [
            {
                "rhk": one,
                "ticked": self.ticked(one.number),
                "count": self[f"jumlah_{one.number}"].value() if self.is_bound else items.get(str(one.number), ""),
                "errors": self.errors.get(f"jumlah_{one.number}", []),
                "points": (one.points or 0) * int(items.get(str(one.number), 0)),
                "units": one.per * int(items.get(str(one.number), 0)),
            }
            for one in self.plan.rules.utama
        ]

    @property
    def content(self) -> dict[str, Any]:
        found = {}
        for one in self.plan.rules.utama:
            count = self.cleaned_data.get(f"jumlah_{one.number}")
            if self.chosen(one.number, filled=bool(count)):
                found[str(one.number)] = 1 if count is None else count
        return {"items": found, "under_reason": self.cleaned_data.get("under_reason", "")}


class TambahanForm(ItemsForm):
    def __init__(self, data: Any = None, *, plan: Plan, section: Section):
        super().__init__(data, plan=plan, section=section)
        reports = [("", _("Pilih"))] + [(one, one.capitalize()) for one in plan.rules.reports]
        for one in plan.rules.offered_to(plan.jenjang):
            key, given = one.number, self.stored.get("items", {}).get(str(one.number), {})
            self.fields[f"pilih_{key}"] = forms.BooleanField(required=False)
            self.fields[f"sk_{key}"] = forms.CharField(label=_("Nomor SK"), max_length=80, required=False)
            self.fields[f"tanggal_{key}"] = forms.DateField(label=_("Tanggal SK"), required=False, widget=DateInput)
            self.fields[f"laporan_{key}"] = forms.ChoiceField(label=_("Laporan"), choices=reports, required=False)
            for name, part in (("sk", "sk_number"), ("tanggal", "sk_date"), ("laporan", "report")):
                self.fields[f"{name}_{key}"].quiet = True  # type: ignore[attr-defined]
                self.initial[f"{name}_{key}"] = given.get(part, "")

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "rhk": one,
                "ticked": self.ticked(one.number),
                "fields": [self[f"{name}_{one.number}"] for name in ("sk", "tanggal", "laporan")],
            }
            for one in self.plan.rules.offered_to(self.plan.jenjang)
        ]

    @property
    def content(self) -> dict[str, Any]:
        found = {}
        for one in self.plan.rules.offered_to(self.plan.jenjang):
            number, day, report = (self.cleaned_data[f"{name}_{one.number}"] for name in ("sk", "tanggal", "laporan"))
            if self.chosen(one.number, filled=bool(number or day or report)):
                given = {"sk_number": number, "sk_date": day.isoformat() if day else "", "report": report}
                found[str(one.number)] = given
        return {"items": found}


FORMS: dict[str, type[SectionForm]] = {
    SectionCode.PRAKTIK: PraktikForm,
    SectionCode.KOMPETENSI: KompetensiForm,
    SectionCode.TAMBAHAN: TambahanForm,
}
"""The sections on one page; perilaku has a page for each value."""


class ValueForm(forms.Form):
    """One BerAKHLAK value; `version` is the mark of what it was read as."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=8)
    behaviours = forms.MultipleChoiceField(
        label=_("Perilaku yang Anda pilih"), required=False, widget=forms.CheckboxSelectMultiple
    )
    how = forms.CharField(
        label=_("Bagaimana Anda mewujudkannya?"),
        help_text=_("Satu atau dua kalimat tentang yang akan terlihat di kelas atau di sekolah."),
        max_length=TEXT_MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, *, value: Value, stored: dict[str, Any]):
        super().__init__(data, initial={"version": mark_of(stored), **stored})
        self.fields["behaviours"].choices = [(one, one) for one in value.behaviours]  # type: ignore[attr-defined]
        for name in ("behaviours", "how"):
            self.fields[name].quiet = True  # type: ignore[attr-defined]

    @property
    def given(self) -> dict[str, Any]:
        return {"behaviours": self.cleaned_data["behaviours"], "how": self.cleaned_data["how"]}


class SubmitForm(OnceForm):
    """What was on the summary page when it was sent."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class AmendForm(OnceForm):
    reason = forms.CharField(
        label=_("Alasan perubahan"),
        help_text=_("Yang sudah disetujui tetap berlaku sampai perubahannya disetujui."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EmployeeForm(forms.Form):
    """What the SKP and the angka kredit need to know of the employee."""

    nip = forms.CharField(
        label="NIP", max_length=21, required=False, help_text=_("18 angka. Kosongkan bila belum punya.")
    )
    position = forms.ChoiceField(label=_("Jenjang jabatan"), required=False)

    def __init__(self, data: Any = None, *, plan: Plan):
        super().__init__(data, initial={"nip": plan.nip, "position": plan.position})
        choices = [("", _("Belum ada")), *plan.rules.positions.items()]
        self.fields["position"].choices = choices  # type: ignore[attr-defined]

    def clean_nip(self) -> str:
        return "".join(self.cleaned_data["nip"].split())


def submit_form(seen: int) -> SubmitForm:
    """A fresh form to send what stands on the page."""
    return SubmitForm(initial={"token": uuid4(), "seen": seen})
