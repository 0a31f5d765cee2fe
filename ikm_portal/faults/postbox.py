"""A mail server of our own on loopback that keeps what it accepts, and refuses, hangs or drops at will."""

import socketserver
import threading
import time
from collections import Counter
from email import message_from_bytes
from email.message import Message

OK = "ok"
REFUSE_LATER = "450 4.2.1 Mailbox busy"
REFUSE_FOR_EVER = "550 5.1.1 No such user here"
HANG_AT_START = "hang at start"
HANG_AT_RECIPIENT = "hang at recipient"
HANG_AFTER_MESSAGE = "hang after message"
DROP_AFTER_MESSAGE = "drop after message"
CLOSING = "421 4.3.2 Closing"


class _Dialogue(socketserver.StreamRequestHandler):
    """One SMTP connection; just enough of RFC 5321 for a client that behaves."""

    server: "_Server"

    def handle(self) -> None:
        box = self.server.box
        if box.mode == HANG_AT_START:
            box.hang()
            return
        self._say("220 postbox")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"QUIT":
                self._say("221 bye")
                return
            if verb == b"DATA":
                if not self._take_message(box):
                    return
            elif verb == b"RCPT":
                if not self._recipient(box):
                    return
            else:
                self._say("250 ok")

    def _recipient(self, box: "Postbox") -> bool:
        if box.mode == HANG_AT_RECIPIENT:
            box.hang()
            return False
        self._say(box.mode if box.mode in (REFUSE_LATER, REFUSE_FOR_EVER, CLOSING) else "250 ok")
        return box.mode != CLOSING

    def _take_message(self, box: "Postbox") -> bool:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if not line:
            return False
        time.sleep(box.seconds_each)
        box.keep(message_from_bytes(b"".join(lines)))
        if box.mode == DROP_AFTER_MESSAGE:
            return False
        if box.mode == HANG_AFTER_MESSAGE:
            box.hang()
            return False
        self._say("250 accepted")
        return True

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    box: "Postbox"

    def handle_error(self, request, client_address) -> None:
        """A client that was killed in the middle is what this is for."""


class Postbox:
    """Use as a context; `accepted` are the messages, `mode` what it does from the next command on."""

    def __init__(self, *, seconds_each: float = 0.0) -> None:
        self.mode = OK
        self.seconds_each = seconds_each
        self.accepted: list[Message] = []
        self._let_go = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Dialogue)
        self._server.box = self

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    def __enter__(self) -> "Postbox":
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._let_go.set()
        self._server.shutdown()
        self._server.server_close()

    def keep(self, message: Message) -> None:
        self.accepted.append(message)

    def hang(self) -> None:
        """Say nothing more until the postbox is closed, or two minutes have passed."""
        self._let_go.wait(120)

    def copies(self) -> Counter:
        """How many times each Message-ID arrived."""
        return Counter(message["Message-ID"] for message in list(self.accepted))
