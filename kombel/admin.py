"""Admin pages of kombel: read in one's own area; changes go through the pages and their services."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import ModelForm

from coordination.actors.admin_base import PusatAdmin, ReadOnlyMixin, ScopedAdmin
from coordination.actors.errors import Refusal

from .models import Kombel, Leader, Meeting, RulePack
from .services.rules import check_rules, save_rule_pack


@admin.register(Kombel)
class KombelAdmin(ReadOnlyMixin, ScopedAdmin):
    list_display = ["name", "kind", "jenjang", "school", "state", "last_meeting", "members"]
    list_filter = ["kind", "state", "jenjang"]
    search_fields = ["name_key__startswith"]
    list_select_related = ["school"]


@admin.register(Leader)
class LeaderAdmin(ReadOnlyMixin, ScopedAdmin):
    list_display = ["name", "kombel", "starts", "until", "principal", "agreed"]
    list_filter = ["principal"]
    search_fields = ["name__istartswith"]
    list_select_related = ["kombel"]


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyMixin, ScopedAdmin):
    list_display = ["topic", "kombel", "held_on", "state", "present"]
    list_filter = ["state", "mode"]
    search_fields = ["topic__istartswith"]
    list_select_related = ["kombel"]


class RulePackForm(ModelForm):
    class Meta:
        model = RulePack
        fields = ["code", "name", "source", "valid_from", "valid_until", "rules"]

    def clean_rules(self) -> dict:
        try:
            check_rules(self.cleaned_data["rules"])
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal
        return self.cleaned_data["rules"]


@admin.register(RulePack)
class RulePackAdmin(PusatAdmin):
    """Rules with their days; another pack is a row here, not a new version of the portal."""

    form = RulePackForm
    list_display = ["name", "code", "valid_from", "valid_until"]

    def save_model(self, request, obj, form, change):
        save_rule_pack(actor=request.actor, pack=obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        # What was in force once explains what was found then; a pack ends by its last day.
        return False
