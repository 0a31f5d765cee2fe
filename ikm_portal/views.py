"""The roof's own pages."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from . import navigation
from .homes import home_of


@require_GET
def home(request):
    """The actor's one list: what to do now, what is late, and what waits for others."""
    context = {"home": home_of(request.actor), "more": navigation.more(request.actor.role)}
    return render(request, "home.html", context)
