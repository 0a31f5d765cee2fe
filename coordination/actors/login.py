"""How people log in: nobody signs up alone, an invitation brings them in."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from .admin_base import ADMIN_ROLES

SECOND_STEP = "second_step"
ACCOUNT_PAGES = "/akun/"


class PortalAccountAdapter(DefaultAccountAdapter):
    """Closes open sign-up; accounts come from invitations and from Pusat's admins."""

    def is_open_for_signup(self, request) -> bool:
        return False

    def can_delete_email(self, email_address) -> bool:
        """The account's own address stays: notices go there, and it says who the person is."""
        own = email_address.user.email.lower() == email_address.email.lower()
        return not own and super().can_delete_email(email_address)


class SecondStepMiddleware:
    """Sends those who administer an office to set up a second step of login before anything else.

    Required of the roles in ADMIN_ROLES where MFA_REQUIRED is set (everywhere but in a demo); once it is there,
    the session remembers, so it costs no query.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not settings.MFA_REQUIRED or not self._lacks(request):
            return self.get_response(request)
        message = _("Peran Anda memerlukan verifikasi dua langkah. Pasang dulu, sekali saja.")
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": message}, status=403)
        messages.warning(request, message)
        return redirect("mfa_index")

    def _lacks(self, request) -> bool:
        actor = getattr(request, "actor", None)
        if actor is None or actor.role not in ADMIN_ROLES or request.path.startswith(ACCOUNT_PAGES):
            return False
        if request.session.get(SECOND_STEP):
            return False
        if is_mfa_enabled(request.user):
            request.session[SECOND_STEP] = True
            return False
        return True
