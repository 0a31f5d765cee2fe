"""A receiver of SKP on this machine, as docs/kinerja/ekinerja.md wants one, that can also misbehave."""

import hashlib
import hmac
import json
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

SECRET = "rahasia-contoh-untuk-uji-saja-1234567890"  # noqa: S105


class Receiver(ThreadingHTTPServer):
    """Keeps one SKP for each key; `script` holds what to do with the next requests, in order."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.kept: dict[str, dict] = {}
        self.asked: list[str] = []
        self.script: list[Callable[[Handler], None]] = []
        self.awake = Event()
        self.seen = Event()
        self.lock = Lock()
        self.scheme, self.host = "http", "127.0.0.1"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}:{self.server_port}/skp"

    def handle_error(self, request, client_address) -> None:
        """Who hangs up is what these tests are about."""


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        key = self.headers["Idempotency-Key"]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.lock:
            self.server.asked.append(key)
            act = self.server.script.pop(0) if self.server.script else accept
        self.key, self.body = key, body
        self.server.seen.set()
        act(self)

    def keep(self) -> tuple[int, str]:
        """Keep the SKP under its key if it is signed; status and receipt."""
        stamp = self.headers["X-IKM-Timestamp"]
        right = hmac.new(SECRET.encode(), f"{stamp}.".encode() + self.body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(self.headers["X-IKM-Signature"], f"sha256={right}"):
            return 401, ""
        with self.server.lock:
            known = self.key in self.server.kept
            self.server.kept.setdefault(self.key, json.loads(self.body))
        return (409 if known else 201), f"BKN-{self.key[:8]}"

    def say(self, status: int, content: Any = None, **headers: str) -> None:
        data = content if isinstance(content, bytes) else json.dumps(content or {}).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


def accept(handler: Handler) -> None:
    """Keep it, and say so with a receipt."""
    status, receipt = handler.keep()
    handler.say(status, {"receipt": receipt})


def keep_and_hang(handler: Handler) -> None:
    """Keep it, but never answer: the client does not know."""
    handler.keep()
    handler.server.awake.wait(20)


def hang(handler: Handler) -> None:
    """Neither keep nor answer."""
    handler.server.awake.wait(20)


def trickle(handler: Handler) -> None:
    """Answer so slowly that no single silence is long."""
    handler.send_response(200)
    handler.end_headers()
    with suppress(OSError):
        while not handler.server.awake.wait(0.1):
            handler.wfile.write(b" ")


def answer(status: int, content: Any = None, **headers: str) -> Callable[[Handler], None]:
    """Keep nothing and answer this."""
    return lambda handler: handler.say(status, content, **headers)


@contextmanager
def receiving(context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver on a free port, over TLS with a context."""
    server = Receiver()
    if context:
        server.scheme, server.host = "https", "localhost"
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.awake.set()
        server.shutdown()
        server.server_close()
