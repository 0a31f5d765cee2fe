"""The portal and the floor as real processes: gunicorn as `up` starts it, and what each keeps in memory."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, cast
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from django.core.management.base import CommandError

from ikm_portal.embedded import addresses, commands
from ikm_portal.embedded.places import Data
from ikm_portal.embedded.process import Service, tail
from ikm_portal.embedded.services import PASSWORDS

FLOOR = "ikm_portal.measuring.floor:application"
PATIENCE = 60.0
SETTLING = 6.0


class Servers:
    """Portal and floor, both serving as `portal_login`; see `servers`."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.portal_port, self.floor_port = _free_port(), _free_port()
        web = commands.role("web")
        self.portal = self._service("web", web, login_env("portal_login"), self.portal_port)
        self.floor = self._service("floor", [*web[:-1], FLOOR], login_env("portal_login"), self.floor_port)

    def _service(self, name: str, command: list[str], env: dict[str, str], port: int = 0) -> Service:
        env |= {"IKM_BIND": f"127.0.0.1:{port}", "IKM_DEMO": "0"}
        return Service(name=name, command=command, env=env, log=self.data.log / f"bench-{name}.log")

    def memory(self) -> dict[str, dict[str, float]]:
        """Megabytes of every process of the portal, worker and beat too, and of the servers behind it."""
        roots = {"web": self.portal.process.pid, "lantai": self.floor.process.pid}  # type: ignore[union-attr]
        for name, (pid, _start) in self.data.read_note().get("services", {}).items():
            roots[name] = pid
        with ExitStack() as stack:
            for name in ("worker", "beat"):
                service = self._service(name, commands.role(name), login_env("portal_worker"))
                service.start()
                stack.callback(service.stop)
                roots[name] = service.process.pid  # type: ignore[union-attr]
            time.sleep(SETTLING)
            return {name: _memory(pid) for name, pid in roots.items()}


@contextmanager
def servers() -> Iterator[Servers]:
    """Start portal and floor and wait for their first pages; they end with the benchmark."""
    both = Servers(Data(Path(os.environ["IKM_DATA"])))
    with ExitStack() as stack:
        for service, port in ((both.portal, both.portal_port), (both.floor, both.floor_port)):
            service.start()
            stack.callback(service.stop)
            _wait(service, f"http://127.0.0.1:{port}/")
        yield both


def login_env(login: str) -> dict[str, str]:
    """The environment of a process that serves, made from the owner's that the benchmark itself has."""
    env = {name: value for name, value in os.environ.items() if name != "IKM_ASSUME_ROLE"}
    password = os.environ.get(PASSWORDS[login], "")
    return env | {"DATABASE_URL": addresses.as_login(env["DATABASE_URL"], login, password)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(service: Service, address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and service.alive():
        try:
            with urlopen(address, timeout=20):
                return
        except HTTPError as answer:
            raise CommandError(f"{service.name}: {answer.code}\n{tail(service.log)}") from answer
        except URLError:
            time.sleep(0.05)
    raise CommandError(f"{service.name}\n{tail(service.log)}")


class Generator:
    """The load generator in its own process."""

    def __init__(self) -> None:
        client = Path(__file__).with_name("client.py")
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(client)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._orders = cast(IO[str], self._process.stdin)
        self._answers = cast(IO[str], self._process.stdout)

    def load(self, port: int, path: str, cookie: str, *, seconds: float, connections: int) -> dict:
        """Ask for one page as often as `connections` at a time allow; figures as client.py gives them."""
        headers = {"Accept-Encoding": "gzip", "Accept": "text/html"} | ({"Cookie": cookie} if cookie else {})
        order = {"host": "127.0.0.1", "port": port, "path": path, "headers": headers}
        order |= {"seconds": seconds, "connections": connections}
        self._orders.write(json.dumps(order) + "\n")
        self._orders.flush()
        return json.loads(self._answers.readline())

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()


def _memory(root: int) -> dict[str, float]:
    """PSS and RSS of a process and all below it, in megabytes of 1,048,576 bytes."""
    total = {"processes": 0, "pss": 0.0, "rss": 0.0}
    for pid in _family(root):
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:  # it ended meanwhile, or belongs to another account
            continue
        sizes = {line.split(":")[0]: line.split()[1] for line in text.splitlines()[1:]}
        total["processes"] += 1
        total["pss"] += int(sizes["Pss"]) / 1024
        total["rss"] += int(sizes["Rss"]) / 1024
    return {name: round(value, 1) for name, value in total.items()}


def _family(root: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        parents.setdefault(parent, []).append(int(stat.parent.name))
    found = [root]
    for pid in found:
        found += parents.get(pid, [])
    return found
