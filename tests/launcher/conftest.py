"""Portals started as a person starts them: `portal.py up` in a process of its own."""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from ikm_portal.embedded.process import ROOT, started_at

# What the test run itself was given must not reach the portals it starts.
INHERITED = {
    *("DATABASE_URL", "BROKER_URL", "IKM_DATA", "IKM_ASSUME_ROLE", "IKM_SECRET_KEY", "IKM_URL"),
    *("DJANGO_SETTINGS_MODULE", "IKM_DEMO", "IKM_TEST_DB"),
}


def clean_env(**more: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in INHERITED} | more


def portal_command(*arguments: str, root: Path = ROOT, python: str = sys.executable) -> list[str]:
    return [python, str(root / "portal.py"), *map(str, arguments)]


def run_portal(*arguments: str, **env: str) -> subprocess.CompletedProcess:
    """Run a subcommand to its end."""
    return subprocess.run(
        portal_command(*arguments), env=clean_env(**env), capture_output=True, text=True, timeout=120, check=False
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Portal:
    """One running `portal.py up --no-demo`; `first_page` is the seconds until it answered."""

    def __init__(self, data: Path, *, port: int | None = None, command=portal_command, **popen) -> None:
        self.data = data
        self.port = port or free_port()
        arguments = ("up", "--no-demo", "--port", str(self.port), "--data", str(data))
        env = popen.pop("env", None) or clean_env()
        begun = time.monotonic()
        self.process = subprocess.Popen(
            command(*arguments), env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **popen
        )
        self.said: list[str] = []
        for line in self.process.stdout:
            self.said.append(line)
            if line.startswith("Siap dalam"):
                break
        else:
            pytest.fail("the portal did not start:\n" + "".join(self.said))
        self.first_page = time.monotonic() - begun

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def health(self) -> dict:
        return json.loads(self.get("/healthz")[1])

    def wait_for_health(self, ok: bool, patience: float = 45.0) -> dict:
        end = time.monotonic() + patience
        while (report := self.health())["ok"] is not ok:
            assert time.monotonic() < end, report
            time.sleep(0.2)
        return report

    def pid(self, service: str) -> int:
        return json.loads((self.data / "running.json").read_text())["services"][service][0]

    def sql(self, statement: str) -> str:
        """Ask the database as its superuser and return the bare answer."""
        url = json.loads((self.data / "running.json").read_text())["database_url"]
        return ask(url, statement)

    def family(self) -> list[tuple[int, str]]:
        """Every process below the launcher, as pid and start."""
        parents = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
        found, level = [], {self.process.pid}
        while level:
            level = {pid for pid, parent in parents.items() if parent in level}
            found += [(pid, started_at(pid)) for pid in level]
        return found

    def stop(self) -> int:
        """Stop it as Ctrl-C does and return its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.said.append(self.process.communicate(timeout=40)[0])
        return self.process.returncode


def ask(url: str, statement: str) -> str:
    import psycopg2

    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return str(cursor.fetchone()[0]) if cursor.description else ""
    finally:
        connection.close()


def gone(family: list[tuple[int, str]], patience: float) -> list[int]:
    """Wait until all these processes ended; those that did not, when the patience is over."""
    end = time.monotonic() + patience
    while left := [pid for pid, start in family if start and started_at(pid) == start]:
        if time.monotonic() > end:
            break
        time.sleep(0.05)
    return left


@pytest.fixture
def portal():
    """Start portals that are stopped when the test ends, however it ends."""
    started = []

    def start(*arguments, **options) -> Portal:
        started.append(Portal(*arguments, **options))
        return started[-1]

    yield start
    for one in started:
        one.stop()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> tuple[Path, float]:
    """A data folder a first `up` prepared and left, and the seconds that start took.

    All workers of a test run share it; tests work on copies.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, note = shared / "prepared", shared / "prepared.seconds"
    with (shared / "prepared.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not note.exists():
            first = Portal(folder)
            assert first.stop() == 0
            note.write_text(repr(first.first_page))
    return folder, float(note.read_text())


@pytest.fixture
def prepared_copy(prepared, tmp_path):
    """Copy the prepared folder to a place of the test's own."""

    def copy(target: Path = tmp_path / "data") -> Path:
        shutil.copytree(prepared[0], target, symlinks=True, ignore=shutil.ignore_patterns("static"))
        _keep_owner(prepared[0] / "postgres", target / "postgres")
        (target / "static").symlink_to(prepared[0] / "static")
        return target

    return copy


def _keep_owner(source: Path, target: Path) -> None:
    """As root the database belongs to another account, which a copy made by root forgets."""
    owner = source.stat()
    if os.geteuid() == 0:
        for folder, _, files in os.walk(target):
            for name in (folder, *(os.path.join(folder, file) for file in files)):
                os.lchown(name, owner.st_uid, owner.st_gid)
