"""The one door to a kombel, and the page of its forms."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from coordination.actors import posting
from coordination.actors.drafts import draft_of, fill, saved_text

from ..models import Kombel, Meeting
from ..policies import KombelPolicy
from ..selectors.documenting import ToDocument, kombel_to_document


def door(request: HttpRequest, pk: int, action: str = "view") -> Kombel:
    """The kombel if the actor sees it (else 404) and may do this with it (else 403); one statement."""
    kombel = get_object_or_404(Kombel.objects.select_related("school").visible_to(request.actor), pk=pk)
    KombelPolicy.require(request.actor, action, kombel)
    return kombel


def documenting_door(request: HttpRequest, pk: int) -> ToDocument:
    """The same door for the form of a new meeting, with all the form shows."""
    found = kombel_to_document(request.actor, pk)
    if found is None:
        raise Http404
    KombelPolicy.require(request.actor, "document", found.kombel)
    return found


def meeting_door(request: HttpRequest, pk: int, action: str = "view", *, draft: str = "") -> Meeting:
    """A meeting behind the same door as its kombel; with the actor's own `draft` of a form, if one is named."""
    rows = Meeting.objects.visible_to(request.actor).select_related("kombel__school", "cluster", "reflection")
    if draft:
        rows = rows.annotate(draft=draft_of(draft, "kombel_meeting"))
    meeting = get_object_or_404(rows, pk=pk)
    KombelPolicy.require(request.actor, action, meeting.kombel)
    return meeting


def form_page(request: HttpRequest, form, template: str = "kombel/form.html", **context) -> HttpResponse:
    """A form, or the same form with what is wrong and status 400."""
    context.setdefault("submit", _("Simpan"))
    return posting.form_page(request, template, {"form": form, **context})


def drafted(request: HttpRequest, form, draft: dict[str, Any] | None, key: str, url: str) -> dict[str, Any]:
    """Put the reader's draft into a form that was not sent, and say what the form's draft line needs."""
    fill(form, draft)
    saved = saved_text(request.actor, datetime.fromisoformat(draft["saved_at"])) if draft else ""
    return {"url": url, "key": key, "saved": saved, "version": form["version"].value() or 0}
