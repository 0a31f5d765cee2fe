from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.actors.forms import OnceForm

from ..models import Assessment, Level, Plan
from ..rules.pack import Pack
from ..rules.rating import REASON_MOST, Marks, Subject
from ..services.assessments import WORDS_MOST, Given, lacks

BIGGEST = 2**31 - 1


def levels(label: Any, **more: Any) -> forms.ChoiceField:
    field = forms.ChoiceField(label=label, choices=Level.choices, widget=forms.RadioSelect, required=False, **more)
    # Every level is needed for the rating and none for a draft; the service says which is missing.
    field.quiet = True  # type: ignore[attr-defined]
    return field


class RatingForm(OnceForm):
    """The rating of each subject with its reason, the two overall levels and the version they were read at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=BIGGEST)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        subjects: Iterable[Subject],
        marks: Marks,
        assessment: Assessment | None = None,
        bare: Collection[int] | None = None,
    ):
        """With `bare`, the RHK without evidence, what was sent is a whole rating; without, a draft."""
        kept = {name: getattr(assessment, name, "") for name in ("hasil", "perilaku", "note")}
        super().__init__(data, initial={"version": assessment.version if assessment else 0, **kept})
        self.subjects, self.bare = list(subjects), bare
        for one in self.subjects:
            mark = marks.get(one.code, {})
            self.fields[f"level_{one.field}"] = levels(
                _("Penilaian %(what)s") % {"what": one.label}, initial=mark.get("level", "")
            )
            self.fields[f"reason_{one.field}"] = forms.CharField(
                label=_("Alasan"),
                initial=mark.get("reason", ""),
                max_length=REASON_MOST,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"reason_{one.field}"].quiet = True  # type: ignore[attr-defined]
        self.fields["hasil"] = levels(_("Hasil kerja secara keseluruhan"))
        self.fields["perilaku"] = levels(_("Perilaku kerja secara keseluruhan"))
        self.fields["note"] = forms.CharField(
            label=_("Catatan untuk pegawai"),
            max_length=WORDS_MOST,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    @property
    def given(self) -> Given:
        data = self.cleaned_data
        marks = {
            one.code: {"level": data.get(f"level_{one.field}", ""), "reason": data.get(f"reason_{one.field}", "")}
            for one in self.subjects
        }
        return Given(marks, data.get("hasil", ""), data.get("perilaku", ""), data.get("note", ""))

    def clean(self) -> dict[str, Any]:
        """Everything a whole rating lacks is said at once, beside what a field itself does not take."""
        data = super().clean() or self.cleaned_data
        if self.bare is not None and self.rates(data):
            wrong = set(self.errors)
            for lack in lacks(self.subjects, self.given, bare=self.bare):
                if lack.field not in wrong:
                    self.add_error(lack.field, lack.beside)
        return data

    def rates(self, data: Mapping[str, Any]) -> bool:
        """Whether the rating in it is to be saved."""
        return True


class AnswerForm(RatingForm):
    """The answer to an objection: the rating stands, or the revised one below takes its place."""

    KEEP, REVISE = "tetap", "ubah"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["verdict"] = forms.ChoiceField(
            label=_("Putusan"),
            choices=[(self.KEEP, _("Penilaian tetap")), (self.REVISE, _("Ubah penilaian seperti di bawah"))],
            widget=forms.RadioSelect,
        )
        self.fields["answer"] = forms.CharField(
            label=_("Jawaban"),
            help_text=_("Pegawai membaca jawaban ini di halaman hasilnya."),
            max_length=WORDS_MOST,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def clean(self) -> dict[str, Any]:
        """A rating that stands has no changed fields: they would be dropped unread."""
        data = super().clean()
        if data.get("verdict") == self.KEEP and self._differs(data):
            self.add_error(
                "verdict",
                _(
                    "Anda mengubah penilaian tetapi memilih “Penilaian tetap”. Pilih “Ubah penilaian seperti di bawah” "
                    "untuk menyimpan perubahan, atau kembalikan isian di bawah seperti semula."
                ),
            )
        return data

    def rates(self, data: Mapping[str, Any]) -> bool:
        return data.get("verdict") == self.REVISE

    @property
    def is_revised(self) -> bool:
        """Whether the rating below takes the old one's place."""
        return self.cleaned_data["verdict"] == self.REVISE

    def _differs(self, data: Mapping[str, Any]) -> bool:
        """Whether a field that was sent says something else; a browser's line ends are no change."""
        own = {"version", "token", "verdict", "answer"}
        return any(
            str(data.get(name, "")).split() != str(self.get_initial_for_field(field, name) or "").split()
            for name, field in self.fields.items()
            if name not in own and name in self.data and name in data
        )


class ResponseForm(OnceForm):
    response = forms.CharField(
        label=_("Tanggapan Anda"), max_length=WORDS_MOST, widget=forms.Textarea(attrs={"rows": 3})
    )


class ObjectionForm(OnceForm):
    objection = forms.CharField(
        label=_("Alasan keberatan"),
        help_text=_("Sebutkan bagian yang tidak tepat dan bukti yang perlu dilihat lagi."),
        max_length=WORDS_MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SimulatorForm(forms.Form):
    """What if: the two ratings, the jenjang jabatan and the months; from one of the plans or freely."""

    rencana = forms.ChoiceField(label=_("Untuk rencana"), required=False)
    hasil = forms.ChoiceField(label=_("Hasil kerja"), choices=Level.choices)
    perilaku = forms.ChoiceField(label=_("Perilaku kerja"), choices=Level.choices)
    jabatan = forms.ChoiceField(label=_("Jenjang jabatan"))
    bulan = forms.IntegerField(label=_("Lama (bulan)"), min_value=1, max_value=12)

    def __init__(self, data: Mapping[str, Any] | None = None, *, plans: Iterable[Plan], pack: Pack, **kwargs: Any):
        super().__init__(data, **kwargs)
        free = [("", _("Bebas, tanpa rencana"))]
        self.fields["rencana"].choices = free + [(str(one.pk), _plan_label(one)) for one in plans]
        self.fields["jabatan"].choices = list(pack.positions.items())
        for field in self.fields.values():
            field.quiet = True  # type: ignore[attr-defined]


class YearForm(forms.Form):
    tahun = forms.IntegerField(min_value=2000, max_value=2100)


def _plan_label(plan: Plan) -> str:
    return f"{plan.period.name} – {plan.school_name}"
