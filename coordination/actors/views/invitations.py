from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..errors import Refusal
from ..forms import JoinForm
from ..middleware import SESSION_KEY
from ..models import User
from ..posting import form_page
from ..services.invitations import accept_invitation, join, read_invitation

BACKEND = "coordination.actors.backends.PortalBackend"


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request, secret: str):
    """What an invitation's link shows: accept with one's own account, log in first, or make an account."""
    offer = read_invitation(secret)
    if offer is None:
        raise Http404
    if request.user.is_authenticated:
        return _accept(request, secret, offer)
    has_account = User.objects.filter(email__iexact=offer["email"]).exists()
    form = None if has_account else JoinForm(request.POST or None, initial={"name": offer["name"]})
    if form is not None and request.method == "POST" and form.is_valid():
        return _join(request, secret, form, offer)
    context = {"offer": offer, "form": form, "has_account": has_account}
    return form_page(request, "actors/invitation.html", context)


def _accept(request, secret: str, offer: dict):
    refusal = None
    if request.method == "POST":
        try:
            request.session[SESSION_KEY] = accept_invitation(secret=secret, user=request.user)
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Selamat datang di %(place)s.") % {"place": offer["place"]})
            return redirect("home")
    context = {"offer": offer, "mine": request.user.email.lower() == offer["email"].lower(), "refusal": refusal}
    return render(request, "actors/invitation.html", context, status=400 if refusal else 200)


def _join(request, secret: str, form: JoinForm, offer: dict):
    try:
        user, membership_id = join(secret=secret, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return form_page(request, "actors/invitation.html", {"offer": offer, "form": form})
    login(request, user, backend=BACKEND)
    request.session[SESSION_KEY] = membership_id
    return redirect("home")
