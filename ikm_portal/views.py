"""The homes: what to do now, what is late, for each role."""

from django.shortcuts import render


def home(request):
    """The actor's one list: what to do now and what is late."""
    return render(request, "home.html")
