"""A progress page is drawn once for everybody who sees the same counts, until the next folding (PK-12)."""

from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from coordination.actors.tenancy.shared import shared_key

from ..selectors.progress import progress
from .counts_asked import Asked
from .counts_shown import figures, parts

SECONDS = 120
"""Counts change each minute; longer than that only where nothing folds them."""
SHARED = {"periode", "jenjang", "jenis", "wilayah", "sekolah"}
"""The parameters of addresses many people ask for. A further page of a list is drawn for whoever turns to it."""


def body_of(request: HttpRequest, asked: Asked, around: dict) -> SafeString:
    """The numbers, tables and map of an area, without anything of who reads them; `around` is the page's frame."""
    key = _key(asked) if asked.cut.as_of and set(request.GET) <= SHARED else ""
    found = cache.get(key) if key else None
    if found is None:
        found = _drawn(request, asked, around)
        if key:
            cache.set(key, str(found), SECONDS)
    return mark_safe(found)  # noqa: S308 - drawn by a template of ours, a moment ago or now


def _key(asked: Asked) -> str:
    acting = asked.actor.acting
    reader = (acting.role, acting.unit, acting.path, acting.wilayah, acting.serves, acting.time_zone)
    at = (asked.cut.as_of, *sorted({**asked.area.query, **asked.cut.query}.items()))
    return shared_key("kinerja-progress", reader, at, get_language())


def _drawn(request: HttpRequest, asked: Asked, around: dict) -> SafeString:
    found = progress(asked.actor, asked.area, asked.cut)
    context = around | figures(asked, found) | parts(asked, found, request.GET)
    # Without the context of a request: the text is the same for others.
    return render_to_string("kinerja/counts/body.html", context | {"request": request})
