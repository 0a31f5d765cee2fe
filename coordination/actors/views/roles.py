from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from ..middleware import SESSION_KEY


@require_http_methods(["GET", "POST"])
def switch_role(request):
    """Act as another of one's own memberships ("Bertindak sebagai")."""
    if request.method == "GET":
        return render(request, "actors/roles.html")
    chosen = request.POST.get("membership", "")
    if chosen not in {str(one.id) for one in request.actor.memberships}:
        raise Http404
    request.session[SESSION_KEY] = int(chosen)
    following = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(following, {request.get_host()}, request.is_secure())
    return redirect(following if safe else "home")
