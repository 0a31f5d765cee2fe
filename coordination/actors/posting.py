"""What views share: a form makes one record however often it is sent, says what was refused; a job is followed."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .actor import Actor
from .errors import Conflict, Refusal
from .services.once import claim_once, remember_outcome

Result = TypeVar("Result")
PER_PAGE = 50
"""Rows on a page of a list."""
REFRESH_SECONDS = 3


def once(actor: Actor, token: UUID | None, make: Callable[[], str]) -> str:
    """Run `make` for a form's token the first time only; gives the address it led to, also to a second click."""
    if token is None:
        return make()
    with transaction.atomic():
        earlier = claim_once(actor=actor, token=token)
        if earlier is not None:
            return earlier
        url = make()
        remember_outcome(actor=actor, token=token, outcome=url)
    return url


def tried(form: BaseForm, run: Callable[[], Result]) -> Result | None:
    """Run a service in a savepoint; what it refuses is undone and said in the form. A conflict gets its own page."""
    try:
        with transaction.atomic():
            return run()
    except Conflict:
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


def save_once(request: HttpRequest, form: BaseForm, act: Callable[[], str], said: str = "") -> HttpResponse | None:
    """Do it once and go where `act` says; a second click goes to the same place.

    A refusal undoes everything, the used token too, and is shown above the form (None is returned). A conflict
    keeps its own page with both versions.
    """

    def make() -> str:
        url = act()
        if said:
            messages.success(request, said)
        return url

    url = tried(form, lambda: once(request.actor, form.cleaned_data.get("token"), make))  # type: ignore[attr-defined]
    return redirect(url) if url is not None else None


def form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a page; with a form that has mistakes the answer is 400."""
    form = context.get("form")
    return render(request, template, context, status=400 if form is not None and form.errors else 200)


def renewing(request: HttpRequest, response: HttpResponse, *, running: bool) -> HttpResponse:
    """A page about a job: while it runs the browser asks again, unless the reader came by the link that stops it."""
    if running and "diam" not in request.GET:
        # As a header and not in the page, so that an address without it can exist.
        response["Refresh"] = str(REFRESH_SECONDS)
    return response
