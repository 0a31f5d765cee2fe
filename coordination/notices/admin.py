"""Admin pages of the notices: days off, and what was decided and said."""

from django.contrib import admin

from coordination.actors.admin_base import PusatAdmin, ReadOnlyMixin, ScopedAdmin

from .models import Holiday, Reminder


@admin.register(Holiday)
class HolidayAdmin(PusatAdmin):
    """Days off; a shipped day that turns out to be a working day is unticked, not deleted."""

    list_display = ["date", "name", "wilayah", "estimated", "observed"]
    list_filter = ["observed", "estimated"]
    search_fields = ["name__istartswith"]
    date_hierarchy = "date"
    autocomplete_fields = ["wilayah"]
    list_select_related = ["wilayah"]


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyMixin, ScopedAdmin):
    list_display = ["about", "step", "planned_at", "outcome", "reason"]
    list_filter = ["outcome", "step"]
    search_fields = ["about__istartswith"]
