"""The project's `.venv`: made once, filled from a hash-locked list, refilled only when that list changes."""

import fcntl
import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path

from . import process
from .terminal import Fault, say, seconds, tail

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "requirements"
STAMP = "portal-locks.json"


def folder() -> Path:
    return ROOT / ".venv"


def python() -> str:
    return str(folder() / "bin" / "python")


def site_packages() -> Path:
    """The folder the wheels were unpacked into. Raises Fault when there is none."""
    for found in sorted(folder().glob("lib/python3.*/site-packages")):
        return found
    raise Fault("Lingkungan .venv rusak; hapus folder .venv lalu jalankan lagi.")


def ensure(lock: str) -> None:
    """Install `requirements/<lock>` unless exactly that content is installed already.

    `test.lock` contains all of `portal.lock`, so installing it satisfies both. Two launchers started at
    once take turns. Raises Fault when the environment cannot be made or a package cannot be installed.
    """
    with (LOCKS / "portal.lock").open() as turn:
        if _installed(lock):
            return
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not _installed(lock):
            _install(lock)


def fingerprint(lock: str) -> str:
    return hashlib.sha256((LOCKS / lock).read_bytes()).hexdigest()


def _installed(lock: str) -> bool:
    try:
        stamp = json.loads((folder() / STAMP).read_text())
    except (OSError, ValueError):
        return False
    return Path(python()).exists() and stamp.get(lock) == fingerprint(lock)


def _install(lock: str) -> None:
    begun = time.monotonic()
    if not (folder() / STAMP).exists() and not folder().is_symlink():
        say("Menyiapkan lingkungan Python di .venv …")
        _make()
    elif not Path(python()).exists():
        _make()
    say("Memasang paket dari requirements/" + lock + " (sekali saja, beberapa menit) …")
    command = [python(), "-m", "pip", "install", "--require-hashes", "--no-input", "--quiet"]
    command += ["--disable-pip-version-check", "--root-user-action=ignore", "-r", str(LOCKS / lock)]
    log = folder() / "pip.log"
    if process.run(command, log=log) != 0:
        raise Fault(f"Paket tidak bisa dipasang. Periksa sambungan internet, lalu jalankan lagi.\n{tail(log)}")
    names = ["portal.lock", "test.lock"] if lock == "test.lock" else [lock]
    (folder() / STAMP).write_text(json.dumps({name: fingerprint(name) for name in names}))
    say(f"Paket terpasang dalam {seconds(time.monotonic() - begun)}.")


def _make() -> None:
    # Of a broken or half-made environment nothing is kept.
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(folder())],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        raise Fault(
            "Lingkungan Python tidak bisa dibuat. Di Debian/Ubuntu pasang dulu paketnya: "
            "apt install python3-venv\n" + made.stdout.strip()
        )
