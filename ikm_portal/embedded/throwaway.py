"""Tests and benchmarks on servers of their own, which are gone afterwards."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from . import commands, process, venv
from .chromium import find_chromium
from .places import Data, remove_own_folder
from .prepare import prepare
from .services import Services
from .terminal import Fault, say

PREFIX = "ikm-sekali-pakai-"


@contextlib.contextmanager
def throwaway_services() -> Iterator[Services]:
    """Servers over a temporary folder, removed at the end; they skip what guards against power loss."""
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    try:
        with Services(Data(folder), durable=False) as services:
            yield services
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    """Remove what killed runs left: folders of this kind that nobody holds any more."""
    for left in Path(tempfile.gettempdir()).glob(PREFIX + "*"):
        data = Data(left)
        if (left / "lock").exists() and os.access(left, os.W_OK) and data.hold():
            data.clear_leftovers()
            remove_own_folder(left)
            data.release()


def test(arguments: Sequence[str]) -> int:
    """Run pytest with these arguments on throwaway servers and return its exit status."""
    venv.ensure("test.lock")
    with throwaway_services() as services:
        env = services.superuser_env() | {"DJANGO_SETTINGS_MODULE": "ikm_portal.settings.test"}
        left_out, selection = [], []
        if not find_chromium():
            left_out.append("Tidak dijalankan: tes peramban, karena chromium tidak terpasang.")
            selection = ["-m", "not browser"] if "-m" not in arguments else []
        if not shutil.which("pgbouncer", path=os.environ.get("PATH", "") + ":/usr/sbin"):
            left_out.append("Tidak dijalankan: tes pgbouncer, karena pgbouncer tidak terpasang.")
        roles = services.superuser_env() | {"DJANGO_SETTINGS_MODULE": "ikm_portal.settings.dev"}
        log = services.data.log / "prepare.log"
        if process.run(commands.manage("provision_roles"), env=roles, log=log) != 0:
            raise Fault(log.read_text(errors="replace"))
        for line in left_out:
            say(line)
        command = [venv.python(), "-m", "pytest", *_workers(arguments), *selection, *arguments]
        return process.run(command, env=env)


def _workers(arguments: Sequence[str]) -> list[str]:
    """Two workers that share the tests (tests/conftest.py keeps some files whole), unless told otherwise."""
    chosen = {"-n", "--numprocesses", "--dist", "--pdb", "-p", "--collect-only", "--co"}
    if any(word in chosen or word.startswith(("-n", "--dist", "--numprocesses")) for word in arguments):
        return []
    return ["-n", "2"]


def bench(name: str, rows: int | None) -> int:
    """Run one benchmark on prepared throwaway servers without demo data and return its exit status."""
    venv.ensure("portal.lock")
    with throwaway_services() as services:
        prepare(services, demo=False)
        size = ["--rows", str(rows)] if rows is not None else []
        return process.run(commands.manage("bench", name, *size), env=services.owner_env())
