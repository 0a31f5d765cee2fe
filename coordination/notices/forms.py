from typing import cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .kinds import all_kinds
from .models import Reminder


def mail_choices() -> list[tuple[str, str]]:
    return [(kind.code, str(kind.label)) for kind in all_kinds() if kind.mail]


class PreferenceForm(forms.Form):
    """How the reader wants to be told; the kinds ticked are those that also come by e-mail."""

    language = forms.ChoiceField(label=_("Bahasa surel"), choices=settings.LANGUAGES)
    mail_on = forms.MultipleChoiceField(
        label=_("Kirim juga lewat surel"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Di portal ini semua pemberitahuan selalu tampil."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mail_on = cast(forms.MultipleChoiceField, self.fields["mail_on"])
        mail_on.choices = mail_choices()

    @property
    def mail_off(self) -> list[str]:
        chosen = self.cleaned_data["mail_on"]
        return [code for code, _label in mail_choices() if code not in chosen]


class TroubleFilter(forms.Form):
    """Which undelivered e-mails to show."""

    state = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[("", _("Semua")), ("failed", _("gagal")), ("doubtful", _("belum pasti terkirim"))],
    )


class ReminderFilter(forms.Form):
    """Which decisions about reminders to show."""

    outcome = forms.ChoiceField(label=_("Hasil"), required=False, choices=[("", _("Semua")), *Reminder.Outcome.choices])


class SettleForm(forms.Form):
    """What an admin decides about one undelivered e-mail."""

    verdict = forms.ChoiceField(
        choices=[("retry", _("Kirim ulang")), ("arrived", _("Sudah diterima")), ("drop", _("Tidak perlu lagi"))]
    )
    reason = forms.CharField(label=_("Keterangan"), max_length=300, required=False)
