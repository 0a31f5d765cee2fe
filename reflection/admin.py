"""Admin pages of reflection: the calendar and its rules; changes go through the services."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from coordination.actors.admin_base import PusatAdmin, ReadOnlyMixin, ScopedAdmin
from coordination.actors.errors import Refusal

from .models import Circular, Cycle, CycleRule, Rtl, Session, Undangan
from .models.cycles import REPORTING_UNITS
from .services.cycles import check_rule_day, set_rule


class CycleRuleForm(forms.ModelForm):
    units = forms.MultipleChoiceField(
        choices=REPORTING_UNITS,
        widget=forms.CheckboxSelectMultiple,
        label=CycleRule._meta.get_field("units").verbose_name,
    )

    class Meta:
        model = CycleRule
        fields = ["valid_from", "months", "due_after_days", "grace_days", "units"]

    def clean_valid_from(self):
        try:
            check_rule_day(actor=self.actor, day=self.cleaned_data["valid_from"])
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal
        return self.cleaned_data["valid_from"]


@admin.register(CycleRule)
class CycleRuleAdmin(PusatAdmin):
    """A new rule from a day on; what older cycles were made with stays."""

    form = CycleRuleForm
    list_display = ["valid_from", "months", "due_after_days", "grace_days"]

    def get_form(self, request, obj=None, **kwargs):
        found = super().get_form(request, obj, **kwargs)
        return type(found.__name__, (found,), {"actor": request.actor})

    def save_model(self, request, obj, form, change):
        set_rule(actor=request.actor, rule=obj)

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Cycle)
class CycleAdmin(ReadOnlyMixin, PusatAdmin):
    list_display = ["name", "code", "starts", "ends", "opens_on", "due_on"]
    list_filter = ["months"]
    search_fields = ["name__istartswith", "code__startswith"]


@admin.register(Circular)
class CircularAdmin(ReadOnlyMixin, PusatAdmin):
    """Circulars are recorded on the cycle's page, where the service moves the days."""

    list_display = ["number", "cycle", "reach", "new_due_on", "issued_on"]
    list_filter = ["reach"]
    search_fields = ["number__istartswith"]
    list_select_related = ["cycle"]


@admin.register(Session)
class SessionAdmin(ReadOnlyMixin, ScopedAdmin):
    list_display = ["title", "upt", "cycle", "held_on", "state"]
    list_filter = ["state", "mode"]
    search_fields = ["title__istartswith"]
    list_select_related = ["upt", "cycle"]


@admin.register(Undangan)
class UndanganAdmin(ReadOnlyMixin, ScopedAdmin):
    list_display = ["title", "kombel", "upt_name", "held_on", "state"]
    list_filter = ["state"]
    search_fields = ["title__istartswith"]
    list_select_related = ["kombel"]


@admin.register(Rtl)
class RtlAdmin(ReadOnlyMixin, ScopedAdmin):
    list_display = ["undangan", "due_on", "state", "sent_at", "on_behalf"]
    list_filter = ["state", "on_behalf"]
    list_select_related = ["undangan"]
