"""Admin pages of the ground floor."""

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermission, UserObjectPermission

from .admin_base import PusatAdmin, ReadOnlyMixin, ScopedAdmin
from .errors import Refusal
from .models import Change, Invitation, Membership, Organisation, Reach, School, SchoolImport, User, Wilayah
from .services.memberships import deactivate_person, end_membership
from .services.offices import check_serves, organisation_path

for unused in (Group, UserObjectPermission, GroupObjectPermission):
    if admin.site.is_registered(unused):
        admin.site.unregister(unused)


@admin.register(Wilayah)
class WilayahAdmin(ReadOnlyMixin, PusatAdmin):
    list_display = ["code", "name", "level", "time_zone"]
    list_filter = ["level", "time_zone"]
    search_fields = ["code__startswith", "name__istartswith"]


class OrganisationForm(forms.ModelForm):
    """An office with provinces that the wall can hold."""

    def clean_serves(self):
        serves = self.cleaned_data["serves"]
        try:
            check_serves(unit=self.cleaned_data.get("unit") or self.instance.unit, serves=[one.code for one in serves])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return serves


@admin.register(Organisation)
class OrganisationAdmin(PusatAdmin):
    """Offices and which provinces they serve; the path follows from kind and region."""

    form = OrganisationForm
    list_display = ["short_name", "unit", "wilayah", "active"]
    list_filter = ["kind", "unit", "active"]
    search_fields = ["name__icontains", "code__startswith"]
    autocomplete_fields = ["wilayah", "serves"]
    list_select_related = ["wilayah"]

    def get_readonly_fields(self, request, obj=None):
        # Code, unit and region make the path of everything the office owns.
        return ["code", "unit", "wilayah", "path"] if obj else []

    def save_model(self, request, obj, form, change):
        obj.kind = Organisation.KIND_OF[obj.unit]
        obj.path = organisation_path(code=obj.code, unit=obj.unit, wilayah=obj.wilayah)
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(User)
class UserAdmin(PusatAdmin):
    """People; accounts come from invitations and are closed, never deleted."""

    list_display = ["name", "email", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["name__istartswith", "email__istartswith", "username__istartswith"]
    fields = ["name", "email", "username", "is_active", "last_login", "date_joined"]
    readonly_fields = ["username", "is_active", "last_login", "date_joined"]
    actions = ["deactivate"]

    @admin.action(description=_("Nonaktifkan akun yang dipilih"))
    def deactivate(self, request, queryset):
        for user in queryset:
            deactivate_person(actor=request.actor, user=user, reason="dinonaktifkan lewat admin")

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(School)
class SchoolAdmin(ScopedAdmin):
    rights = {"change": "change"}
    list_display = ["name", "npsn", "bentuk", "kabkota", "status", "active"]
    list_filter = ["bentuk", "status", "active"]
    search_fields = ["name__istartswith", "npsn__startswith"]
    list_select_related = ["kabkota"]
    # Where it lies and what it is decide who answers for it: an import or a move changes these.
    readonly_fields = ["npsn", "bentuk", "level", "provinsi", "kabkota", "kecamatan", "details", "path"]


@admin.register(Membership)
class MembershipAdmin(ScopedAdmin):
    """Roles in the admin's area: read, and ended by a day; giving goes through invitations."""

    rights = {"change": "end"}
    list_display = ["user", "role", "organisation", "school", "starts", "until", "plt"]
    list_filter = ["role", "plt"]
    search_fields = ["user__name__istartswith", "user__email__istartswith"]
    list_select_related = ["user", "organisation", "school"]
    fields = ["user", "role", "organisation", "school", "starts", "until", "plt", "ended_because"]
    readonly_fields = ["user", "role", "organisation", "school", "starts", "plt"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if "until" in form.base_fields:
            # Without a day a role that is over would be in force again.
            form.base_fields["until"].required = True
        return form

    def save_model(self, request, obj, form, change):
        end_membership(actor=request.actor, membership=obj, on=obj.until, reason=obj.ended_because)


@admin.register(Reach)
class ReachAdmin(ReadOnlyMixin, ScopedAdmin):
    list_display = ["membership", "kind", "school", "target", "source"]
    list_filter = ["kind"]
    search_fields = ["membership__user__name__istartswith"]
    list_select_related = ["membership__organisation", "membership__school", "school"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyMixin, ScopedAdmin):
    list_display = ["email", "role", "organisation", "school", "sent_at", "accepted_at", "problem"]
    list_filter = ["role"]
    search_fields = ["email__istartswith", "name__istartswith"]
    list_select_related = ["organisation", "school"]


@admin.register(SchoolImport)
class SchoolImportAdmin(ReadOnlyMixin, ScopedAdmin):
    list_display = ["filename", "organisation", "state", "user", "created_at"]
    list_filter = ["state"]
    search_fields = ["filename__istartswith"]
    list_select_related = ["organisation", "user"]


@admin.register(Change)
class ChangeAdmin(ReadOnlyMixin, ScopedAdmin):
    """The history of the area, as the database wrote it."""

    list_display = ["at", "subject", "subject_id", "verb", "who", "reason"]
    list_filter = ["subject", "verb"]
    search_fields = ["subject_id__exact"]

    def get_queryset(self, request):
        self.names = {}
        return super().get_queryset(request)

    @admin.display(description="oleh")
    def who(self, change) -> str:
        if change.user_id and change.user_id not in self.names:
            self.names[change.user_id] = User.objects.filter(pk=change.user_id).values_list("name", flat=True).first()
        return self.names.get(change.user_id) or "–"
