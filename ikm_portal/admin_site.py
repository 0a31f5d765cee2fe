"""Django admin behind the portal's own login, in the same scope as every other page."""

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from coordination.actors.admin_base import ADMIN_ROLES


class PortalAdminSite(AdminSite):
    """Open to those whose acting role administers something; the login page is the portal's."""

    site_header = _("Administrasi Portal IKM")
    site_title = _("Portal IKM")
    index_title = _("Data yang Anda kelola")

    def has_permission(self, request) -> bool:
        actor = getattr(request, "actor", None)
        return bool(actor and actor.role in ADMIN_ROLES and request.user.is_active)

    def login(self, request, extra_context=None):
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.get_full_path())
