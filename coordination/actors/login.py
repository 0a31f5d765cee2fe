"""How people log in: nobody signs up alone, an invitation brings them in."""

from allauth.account.adapter import DefaultAccountAdapter


class PortalAccountAdapter(DefaultAccountAdapter):
    """Closes open sign-up; accounts come from invitations and from Pusat's admins."""

    def is_open_for_signup(self, request) -> bool:
        return False
