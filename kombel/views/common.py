"""The one door to a kombel, and forms that make one record however often they are sent."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from coordination.actors.drafts import draft_of, fill, saved_text
from coordination.actors.errors import Conflict, Refusal
from coordination.actors.services.once import claim_once, remember_outcome

from ..models import Kombel, Meeting
from ..policies import KombelPolicy
from ..selectors.others import WITH_MEMBERS


def door(request: HttpRequest, pk: int, action: str = "view", *, members: bool = False) -> Kombel:
    """The kombel if the actor sees it (else 404) and may do this with it (else 403); one statement."""
    rows = WITH_MEMBERS if members else Kombel.objects.select_related("school")
    kombel = get_object_or_404(rows.visible_to(request.actor), pk=pk)
    KombelPolicy.require(request.actor, action, kombel)
    return kombel


def meeting_door(request: HttpRequest, pk: int, action: str = "view", *, draft: str = "") -> Meeting:
    """A meeting behind the same door as its kombel; with the actor's own `draft` of a form, if one is named."""
    rows = Meeting.objects.visible_to(request.actor).select_related("kombel__school", "cluster", "reflection")
    if draft:
        rows = rows.annotate(draft=draft_of(draft, "kombel_meeting"))
    meeting = get_object_or_404(rows, pk=pk)
    KombelPolicy.require(request.actor, action, meeting.kombel)
    return meeting


def save_once(request: HttpRequest, form, act: Callable[[], str], said: str = "") -> HttpResponse | None:
    """Do it once and go where `act` says; a second click goes to the same place.

    A refusal undoes everything, the used token too, and is shown above the form (None is returned). A conflict
    keeps its own page with both versions.
    """
    token = form.cleaned_data.get("token")
    try:
        with transaction.atomic():
            url = claim_once(actor=request.actor, token=token) if token else None
            if url is None:
                url = act()
                if token:
                    remember_outcome(actor=request.actor, token=token, outcome=url)
                if said:
                    messages.success(request, said)
    except Conflict:
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
    return redirect(url)


def form_page(request: HttpRequest, form, template: str = "kombel/form.html", **context) -> HttpResponse:
    """A form, or the same form with what is wrong and status 400."""
    context.setdefault("submit", _("Simpan"))
    return render(request, template, {"form": form, **context}, status=400 if form.is_bound and form.errors else 200)


def drafted(request: HttpRequest, form, draft: dict[str, Any] | None, key: str, url: str) -> dict[str, Any]:
    """Put the reader's draft into a form that was not sent, and say what the form's draft line needs."""
    fill(form, draft)
    saved = saved_text(request.actor, datetime.fromisoformat(draft["saved_at"])) if draft else ""
    return {"url": url, "key": key, "saved": saved, "version": form["version"].value() or 0}
