"""What every admin page shares: the same policies and the same scope as the rest of the portal."""

from django.contrib.admin import ModelAdmin

from .models import Role
from .policies import policy_for

ADMIN_ROLES = (Role.PUSAT_ADMIN, Role.UPT_HEAD, Role.UPT_COORDINATOR, Role.DINAS_HEAD)
"""Roles that find something to administer; each still sees only its own area."""


class ScopedAdmin(ModelAdmin):
    """An admin page of a model behind the wall: rows through `visible_to`, rights through the policy.

    `rights` maps Django's add/change/delete to the policy's action; what is left out is not
    offered. Pages are read-only where the policy says no.
    """

    rights: dict[str, str] = {}
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request):
        return policy_for(self.model).visible_to(request.actor, super().get_queryset(request))

    def _may(self, request, right: str, obj=None) -> bool:
        action = self.rights.get(right)
        if action is None or request.actor.role not in ADMIN_ROLES:
            return False
        if obj is None:
            return True
        return policy_for(self.model).may(request.actor, action, obj)

    def has_module_permission(self, request) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None) -> bool:
        if request.actor.role not in ADMIN_ROLES:
            return False
        return obj is None or policy_for(self.model).may(request.actor, "view", obj)

    def has_add_permission(self, request) -> bool:
        return self._may(request, "add")

    def has_change_permission(self, request, obj=None) -> bool:
        return self._may(request, "change", obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return self._may(request, "delete", obj)


class PusatAdmin(ModelAdmin):
    """An admin page of national data (users, regions, rules): Pusat's admins alone."""

    list_per_page = 50
    show_full_result_count = False

    def _is_pusat(self, request) -> bool:
        return request.actor.role == Role.PUSAT_ADMIN

    def get_queryset(self, request):
        # To others every row is as good as absent, also on the pages that look before they ask for a right.
        rows = super().get_queryset(request)
        return rows if self._is_pusat(request) else rows.none()

    def has_module_permission(self, request) -> bool:
        return self._is_pusat(request)

    def has_view_permission(self, request, obj=None) -> bool:
        return self._is_pusat(request)

    def has_add_permission(self, request) -> bool:
        return self._is_pusat(request)

    def has_change_permission(self, request, obj=None) -> bool:
        return self._is_pusat(request)

    def has_delete_permission(self, request, obj=None) -> bool:
        return self._is_pusat(request)


class ReadOnlyMixin:
    """Shown, never changed: written by the loader or by the database."""

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
