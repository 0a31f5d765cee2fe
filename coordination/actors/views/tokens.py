from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ..forms import TokenForm
from ..models import ApiToken
from ..posting import form_page
from ..services.once import claim_once
from ..services.tokens import make_token, revoke_token


@require_http_methods(["GET", "POST"])
def token_list(request):
    """One's own API tokens; a new one is shown once, on the answer to its own form."""
    actor = request.actor
    form = TokenForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if claim_once(actor=actor, token=data["token"]) is None:
            secret = make_token(actor=actor, name=data["name"], days=data["days"])
        else:
            messages.info(request, _("Token itu sudah dibuat."))
        form = TokenForm()
    context = {"form": form, "secret": secret, "tokens": ApiToken.objects.filter(user=request.user, revoked_at=None)}
    return form_page(request, "actors/tokens.html", context)


@require_POST
def token_revoke(request, pk: int):
    """Take one of one's own tokens out of force."""
    token = get_object_or_404(ApiToken, pk=pk, user=request.user)
    revoke_token(actor=request.actor, token=token)
    messages.success(request, _("Token dicabut."))
    return redirect("tokens")
