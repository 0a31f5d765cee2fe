"""The reader's choice of theme and language, kept in cookies so that a page needs no query for them."""

from urllib.parse import urlparse

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

THEMES = ("light", "dark")
YEAR = 60 * 60 * 24 * 365


def way_back(request: HttpRequest) -> str:
    """The page the form came from, if it is one of ours; else the start page."""
    target = request.POST.get("next") or urlparse(request.headers.get("Referer", "")).path
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if target and safe else "/"


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep light or dark in a cookie; any other value goes back to following the device."""
    response = HttpResponseRedirect(way_back(request))
    choice = request.POST.get("theme", "")
    if choice in THEMES:
        response.set_cookie("theme", choice, YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie("theme")
    return response


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Django's own language switch, open to readers who are not logged in."""
    return django_set_language(request)


class LanguageMiddleware(LocaleMiddleware):
    """Indonesian unless the reader chose otherwise; what the browser asks for is not a choice.

    Many phones in schools are set to English by the shop that sold them.
    """

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
