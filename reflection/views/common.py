"""What the views of reflection share."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coordination.actors.actor import Actor
from coordination.actors.errors import Conflict, Refusal
from coordination.actors.services.once import claim_once, remember_outcome

Result = TypeVar("Result")
PER_PAGE = 50


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
    """Run a service; what it refuses is said in the form. A conflict goes on to its own page (409)."""
    try:
        return run()
    except Conflict:
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a page; with a form that has mistakes the answer is 400."""
    form = context.get("form")
    return render(request, template, context, status=400 if form is not None and form.errors else 200)
