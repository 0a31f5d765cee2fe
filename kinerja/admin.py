"""Admin pages of Kinerja: Pusat's rules and calendar, and the colours of schools.

Plans and their parts have no page here: their content is for the owner and whoever decides (docs/security.md).
"""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from coordination.actors.admin_base import PusatAdmin, ReadOnlyMixin, ScopedAdmin
from coordination.actors.errors import Refusal

from .models import Period, RaporColour, RulePack
from .rules.pack import PackError, read_pack
from .services.packs import save_pack
from .services.periods import check_period, save_period


class ReadableJSON(forms.JSONField):
    """JSON over several lines, in the letters it was written with."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str):
            return super().prepare_value(value)
        return json.dumps(value, ensure_ascii=False, indent=2)


class RulePackForm(forms.ModelForm):
    content = ReadableJSON(label=_("isi"), widget=forms.Textarea(attrs={"rows": 30, "cols": 110}))
    actor: Any = None

    class Meta:
        model = RulePack
        fields = ["code", "name", "source", "valid_from", "valid_until", "current", "content"]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        key, adding = self.instance.pk, self.instance._state.adding
        try:
            # Tried and taken back, so that what the service and the database refuse stands beside the form.
            with transaction.atomic():
                save_pack(actor=self.actor, pack=self.instance)
                transaction.set_rollback(True)
        except Refusal as refusal:
            self.add_error("content", str(refusal))
        self.instance.pk, self.instance._state.adding = key, adding

    def _get_validation_exclusions(self) -> set[str]:
        # Another pack's `current` is taken back by the service.
        return super()._get_validation_exclusions() | {"current"}  # type: ignore[misc]


@admin.register(RulePack)
class RulePackAdmin(PusatAdmin):
    """A regulation as data; another regulation is a row here, not a new version of the portal."""

    form = RulePackForm
    list_display = ["name", "code", "valid_from", "valid_until", "current"]
    readonly_fields = ["readable"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.actor = request.actor
        return form

    @admin.display(description=_("isi dalam kata-kata"))
    def readable(self, obj: RulePack) -> str:
        try:
            pack = read_pack(obj.content or {})
        except PackError:
            return "–"
        return render_to_string("kinerja/admin/pack.html", {"pack": pack})

    def save_model(self, request, obj, form, change) -> None:
        save_pack(actor=request.actor, pack=obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        # A plan keeps its pack for ever; whether one does is not Pusat's to read.
        return False


class PeriodForm(forms.ModelForm):
    class Meta:
        model = Period
        fields = ["code", "name", "pack", "starts", "ends", "plan_opens", "plan_due", "assess_opens", "assess_due"]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            check_period(self.instance)
        except Refusal as refusal:
            self.add_error(None, str(refusal))

    def _get_validation_exclusions(self) -> set[str]:
        # What the database holds about days, `check_period` says in words.
        return super()._get_validation_exclusions() | {"starts", "ends"}  # type: ignore[misc]


@admin.register(Period)
class PeriodAdmin(PusatAdmin):
    """The calendar; of a period that is there only its name and days change, its pack stays."""

    form = PeriodForm
    list_display = ["name", "code", "pack", "starts", "ends", "plan_due", "assess_opens", "assess_due"]
    list_select_related = ["pack"]

    def get_readonly_fields(self, request, obj=None):
        return ["code", "pack"] if obj else []

    def save_model(self, request, obj, form, change) -> None:
        save_period(actor=request.actor, period=obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(RaporColour)
class RaporColourAdmin(ReadOnlyMixin, ScopedAdmin):
    list_display = ["school", "year", "indicator", "colour", "at"]
    list_filter = ["year", "colour"]
    list_select_related = ["school"]
