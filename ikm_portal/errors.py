"""The pages for what went wrong: each says who mends it, and how.

None of them asks the database anything, because the transaction of the request has been given up.
"""

import logging
import secrets
import sys
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as django_csrf_failure

from coordination.actors.errors import Conflict, NotAllowed, Refusal

logger = logging.getLogger(__name__)

# Never written back into a page. A form's own `token` (services/once.py) is: without it the form could not be sent.
SECRET_FIELDS = ("password", "code", "otp", "secret")


def _page(request: HttpRequest, status: int, title: str, *lines: str, **more: Any) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": " ".join((title, *lines))}, status=status)
    context = {"title": title, "lines": [line for line in lines if line], **more}
    return render(request, "errors/page.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return too_large(request)
    return _page(
        request,
        400,
        _("Permintaan ini tidak bisa dibaca"),
        _("Alamat atau isian yang dikirim tidak lengkap. Kembali ke halaman sebelumnya dan coba lagi."),
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Says as whom the reader is logged in, whose data it is, and whom to ask."""
    who, owner, ask, why = "", "", "", ""
    actor = getattr(request, "actor", None)
    if actor is not None and actor.acting is not None:
        who = _("Anda masuk sebagai %(label)s.") % {"label": actor.acting.label}
    if isinstance(exception, NotAllowed):
        why = exception.message
        owner = _("Data ini milik %(owner)s.") % {"owner": exception.owner} if exception.owner else ""
        ask = _("Hubungi %(ask)s.") % {"ask": exception.ask} if exception.ask else ""
    ask = ask or _("Bila Anda memerlukannya, hubungi admin kantor atau sekolah Anda.")
    return _page(request, 403, _("Anda tidak bisa melakukan ini"), why, f"{who} {owner}".strip(), ask)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what does not exist and for what the reader may not see."""
    return _page(
        request,
        404,
        _("Halaman tidak ditemukan"),
        _("Alamatnya mungkin salah ketik, datanya sudah dihapus, atau bukan bagian dari wilayah Anda."),
        _("Bila Anda mempunyai beberapa peran, pilih peran yang tepat pada “Bertindak sebagai”."),
    )


def wrong_method(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        405,
        _("Alamat ini tidak bisa dibuka langsung"),
        _("Alamat ini hanya menerima kiriman formulir. Kembali ke halaman sebelumnya, atau mulai lagi dari beranda."),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1024 * 1024)
    return _page(
        request,
        413,
        _("Kiriman terlalu besar"),
        _("Isian tanpa berkas paling besar %(limit)d MB. Kecilkan atau kirim sebagian demi sebagian.")
        % {"limit": limit},
        _("Isian Anda masih ada: kembali ke halaman sebelumnya."),
    )


def handler429(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        429,
        _("Terlalu banyak percobaan"),
        _("Tunggu beberapa menit, lalu coba lagi. Ini melindungi akun Anda dari orang yang menebak-nebak."),
        _("Lupa kata sandi? Gunakan tautan di halaman masuk."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """A reference code that stands in the log beside the traceback."""
    reference = secrets.token_hex(4).upper()
    logger.error("reference %s at %s %s", reference, request.method, request.path, exc_info=sys.exc_info())
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": _("Kesalahan di server."), "reference": reference}, status=500)
    return HttpResponse(render_to_string("errors/500.html", {"reference": reference}), status=500)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """What a service refused, when the view had no form to say it in."""
    if isinstance(refusal, Conflict):
        sides = [(_("Versi Anda"), refusal.mine), (_("Versi yang tersimpan"), refusal.theirs)]
        return _page(
            request,
            409,
            _("Orang lain sudah mengubahnya lebih dulu"),
            refusal.message,
            refusal.mend or _("Bandingkan kedua versi, lalu simpan lagi yang benar."),
            sides=[(title, _pairs(side)) for title, side in sides if side],
        )
    return _page(request, refusal.status, _("Belum bisa dilakukan"), refusal.message, refusal.mend)


def _pairs(side: Any) -> list[tuple[str, Any]]:
    return list(side.items()) if isinstance(side, dict) else [("", side)]


class RefusalMiddleware:
    """Turns a Refusal that no view caught into its page; stands just outside the ActorMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refused(request, exception) if isinstance(exception, Refusal) else None


class ReadableMiddleware:
    """Answers in the portal's own page what no view can answer: an unreadable address, a form's address opened as one.

    PostgreSQL keeps no NUL, so an address with one asks for nothing that there is. Stands inside the ActorMiddleware,
    because its pages have the frame of the reader.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request)
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.streaming or response.content:
            return response
        page = wrong_method(request)
        page["Allow"] = response["Allow"]
        return page


def _kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What the reader had typed, if it was our own page that sent it; another site's form is never kept."""
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return []
    if request.headers.get("Origin") != f"{request.scheme}://{request.get_host()}":
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and not any(word in name.lower() for word in SECRET_FIELDS)
    ]


def _kept_page(request: HttpRequest, status: int, title: str, *lines: str, login: bool) -> HttpResponse | None:
    kept = _kept_fields(request)
    if not kept:
        return None
    files = list(request.FILES)
    return _page(request, status, title, *lines, kept=kept, files=files, login=login, action=request.get_full_path())


class PortalLoginRequiredMiddleware(LoginRequiredMiddleware):
    """Asks for a login; a form sent after the session ended is kept on the page, not lost."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponse:  # type: ignore[override]
        kept = _kept_page(
            request,
            401,
            _("Sesi Anda berakhir"),
            _("Isian Anda masih ada di halaman ini. Masuk lagi di tab baru, lalu kirim isian ini."),
            login=True,
        )
        return kept or super().handle_no_permission(request, view_func)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is no longer good: shown again with a fresh one when it came from our own page."""
    kept = _kept_page(
        request,
        403,
        _("Satu langkah lagi"),
        _("Halaman ini dibuka sebelum Anda masuk. Isian Anda masih ada; kirim sekali lagi."),
        login=False,
    )
    if kept is not None:
        return kept
    if settings.DEBUG:
        return django_csrf_failure(request, reason=reason)
    return _page(
        request,
        403,
        _("Formulir ini sudah tidak berlaku"),
        _("Muat ulang halaman asalnya, lalu kirim lagi. Pastikan peramban menerima kuki."),
        back=reverse("home"),
    )
