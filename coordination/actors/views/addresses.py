from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.views import EmailView
from django.contrib import messages
from django.shortcuts import redirect


class AddressView(EmailView):
    """allauth's page of addresses; here only a verified one becomes the account's.

    Invitations and reports are shared by e-mail address, so an address that nobody has proved to own must not
    stand for a person. allauth itself lets the first verified address come later.
    """

    def post(self, request, *args, **kwargs):
        if "action_primary" in request.POST and not self._is_verified(request.POST.get("email", "")):
            template = "account/messages/unverified_primary_email.txt"
            get_adapter(request).add_message(request, messages.ERROR, template)
            return redirect("account_email")
        return super().post(request, *args, **kwargs)

    def _is_verified(self, email: str) -> bool:
        return EmailAddress.objects.filter(user=self.request.user, email__iexact=email, verified=True).exists()
