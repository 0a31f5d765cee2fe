"""A strict client for one address that takes SKP; docs/kinerja/ekinerja.md is its contract.

Only the standard library: no proxy from the environment, no redirect, no cookie, a certificate that holds, a limit
to the answer's size and to the time the whole exchange may take.
"""

import hashlib
import hmac
import http.client
import json
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from threading import Event, Timer
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as noop

LARGEST = 64 * 1024
"""Bytes of an answer that are read; a receipt needs a hundred."""
SECRET_LEAST = 32
LOCAL = ("localhost", "127.0.0.1", "::1")

OWNER = noop("Pemilik rencana memperbaiki data yang disebut, lalu mengirim ulang.")
ADMIN = noop("Admin portal memeriksa alamat, sertifikat, dan rahasia e-Kinerja.")
RECEIVER = noop("Pengelola e-Kinerja; portal mencoba lagi sendiri.")
RECEIVER_ANSWERS = noop("Pengelola e-Kinerja menjelaskan penolakannya; setelah itu kirim ulang.")

TEMPORARY = (408, 425, 429)
"""Answers of 4xx that say "later", not "wrong"."""
FIELDS = {
    "employee.nip": gettext_lazy("NIP"),
    "employee.name": gettext_lazy("Nama"),
    "employee.position": gettext_lazy("Jenjang jabatan"),
    "employee.npsn": gettext_lazy("NPSN"),
    "assessor.name": gettext_lazy("Penilai"),
    "period.code": gettext_lazy("Periode"),
    "result.predicate": gettext_lazy("Predikat"),
    "credit.value": gettext_lazy("Angka kredit"),
}


class Verdict(StrEnum):
    """What an attempt came to."""

    RECEIVED = "received"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """One attempt: `mend` is a msgid saying who mends it, `after` what the receiver asked to wait.

    `down` says that the receiver was not reached at all, so that others need not be tried now.
    """

    verdict: Verdict
    status: int | None = None
    receipt: str = ""
    problem: str = ""
    mend: str = ""
    after: timedelta | None = None
    down: bool = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The configured address with its secret; `timeout` in seconds holds for the whole exchange."""

    scheme: str
    host: str
    port: int | None
    path: str
    secret: str
    timeout: float

    @classmethod
    def configured(cls) -> "Endpoint | None":
        """The endpoint of the settings, None when no address is set; raises ValueError for one that is not safe."""
        if not settings.EKINERJA_URL:
            return None
        found = urlsplit(settings.EKINERJA_URL)
        if found.scheme not in {"https", "http"} or not found.hostname or found.username or found.fragment:
            raise ValueError("IKM_EKINERJA_URL must be https://host/path")
        if found.scheme == "http" and found.hostname not in LOCAL:
            raise ValueError("IKM_EKINERJA_URL must be https; http is for this machine only")
        if len(settings.EKINERJA_SECRET) < SECRET_LEAST:
            raise ValueError(f"IKM_EKINERJA_SECRET must have at least {SECRET_LEAST} characters")
        path = found.path or "/"
        if found.query:
            path = f"{path}?{found.query}"
        return cls(found.scheme, found.hostname, found.port, path, settings.EKINERJA_SECRET, settings.EKINERJA_TIMEOUT)

    def connection(self) -> http.client.HTTPConnection:
        """A connection that is not open yet."""
        if self.scheme == "http":
            return http.client.HTTPConnection(self.host, self.port, timeout=self.timeout)
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return http.client.HTTPSConnection(self.host, self.port, timeout=self.timeout, context=context)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over the timestamp, a dot and the body, so that neither can be changed or sent again later."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def send(endpoint: Endpoint, *, key: UUID, body: bytes, timestamp: int) -> Answer:
    """Send one SKP; every fault of network or receiver becomes an Answer, nothing is raised for it."""
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Accept": "application/json",
        "User-Agent": "Portal-IKM",
        "Idempotency-Key": str(key),
        "X-IKM-Timestamp": str(timestamp),
        "X-IKM-Signature": f"sha256={signature(endpoint.secret, str(timestamp), body)}",
    }
    try:
        status, wait, data = _exchange(endpoint, headers, body)
    except ssl.SSLError:
        problem = _("Sambungan aman (TLS) ke e-Kinerja ditolak: sertifikatnya tidak bisa dipercaya.")
        return Answer(Verdict.LATER, problem=problem, mend=ADMIN, down=True)
    except TimeoutError:
        problem = _("e-Kinerja tidak menjawab dalam %(seconds)d detik.") % {"seconds": endpoint.timeout}
        return Answer(Verdict.LATER, problem=problem, mend=RECEIVER, down=True)
    except OSError:
        return Answer(Verdict.LATER, problem=_("e-Kinerja tidak bisa dihubungi."), mend=RECEIVER, down=True)
    except http.client.HTTPException:
        return Answer(Verdict.LATER, problem=_("Jawaban e-Kinerja tidak bisa dibaca."), mend=RECEIVER)
    return judge(status, data, wait)


def judge(status: int, data: bytes, wait: str = "") -> Answer:
    """What an answer means (docs/kinerja/ekinerja.md, "Answers")."""
    if len(data) > LARGEST:
        return Answer(Verdict.LATER, status, problem=_("Jawaban e-Kinerja terlalu besar."), mend=RECEIVER)
    said = _json(data)
    receipt = _clean(said.get("receipt", ""), 120)
    if receipt and status in {200, 201, 409}:
        return Answer(Verdict.RECEIVED, status, receipt=receipt)
    if status in TEMPORARY or status >= 500:
        problem = _("e-Kinerja sedang terganggu (HTTP %(status)d).") % {"status": status}
        return Answer(Verdict.LATER, status, problem=problem, mend=RECEIVER, after=_seconds(wait))
    if 200 <= status < 300:
        return Answer(Verdict.LATER, status, problem=_("e-Kinerja menjawab tanpa tanda terima."), mend=RECEIVER)
    return _refused(status, said)


def _refused(status: int, said: dict[str, Any]) -> Answer:
    if 300 <= status < 400:
        problem, mend = _("e-Kinerja mengalihkan ke alamat lain; pengalihan tidak diikuti."), ADMIN
    elif status in {400, 422}:
        problem, mend = _("e-Kinerja menolak isi SKP. %(why)s") % {"why": _in_words(said)}, OWNER
    elif status in {401, 403}:
        problem, mend = _("e-Kinerja tidak menerima tanda tangan portal (HTTP %(status)d).") % {"status": status}, ADMIN
    elif status in {404, 405, 410}:
        problem, mend = _("Alamat e-Kinerja salah (HTTP %(status)d).") % {"status": status}, ADMIN
    else:
        why = {"status": status, "why": _in_words(said)}
        problem, mend = _("e-Kinerja menolak SKP (HTTP %(status)d). %(why)s") % why, RECEIVER_ANSWERS
    return Answer(Verdict.REFUSED, status, problem=problem.strip()[:300], mend=mend)


def _in_words(said: dict[str, Any]) -> str:
    """The receiver's reasons, its field names in the words of our pages: "NIP: tidak dikenal."."""
    errors = said.get("errors")
    if not isinstance(errors, dict):
        return _clean(said.get("detail", ""), 200)
    lines = []
    for name, reasons in list(errors.items())[:5]:
        label = str(FIELDS[name]) if name in FIELDS else _clean(name, 60)
        given = reasons if isinstance(reasons, list) else [reasons]
        lines.append(f"{label}: {'; '.join(_clean(one, 120) for one in given[:3])}.")
    return " ".join(lines)


def _exchange(endpoint: Endpoint, headers: dict[str, str], body: bytes) -> tuple[int, str, bytes]:
    """Status, Retry-After and at most LARGEST + 1 bytes of the answer."""
    connection, late = endpoint.connection(), Event()
    try:
        connection.connect()
        # The timeout of a socket counts each silence anew; this one ends also an answer that only trickles.
        end = Timer(endpoint.timeout, _cut, [connection.sock, late])
        end.daemon = True
        end.start()
        try:
            connection.request("POST", endpoint.path, body, headers)
            response = connection.getresponse()
            data = response.read(LARGEST + 1)
        except (OSError, http.client.HTTPException) as fault:
            if late.is_set():
                raise TimeoutError from fault
            raise
        finally:
            end.cancel()
        if late.is_set():
            raise TimeoutError
        return response.status, response.headers.get("Retry-After", ""), data
    finally:
        connection.close()


def _cut(sock: socket.socket, late: Event) -> None:
    late.set()
    with suppress(OSError):
        # The plain socket's: an SSLSocket would first say goodbye to who does not listen.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _json(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _clean(value: Any, most: int) -> str:
    """A stranger's text on one line, without anything that does not print."""
    return "".join(one for one in " ".join(str(value).split()) if one.isprintable())[:most]


def _seconds(text: str) -> timedelta | None:
    return timedelta(seconds=int(text)) if text.isdecimal() and len(text) < 7 else None
