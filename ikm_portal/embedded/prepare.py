"""What must be done once before the portal can answer, each step only when its input has changed."""

import hashlib
import os
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from . import addresses, commands, places, process, venv
from .services import Services
from .terminal import Fault, say, seconds, tail


@dataclass(frozen=True)
class Step:
    """One Django command with the files it depends on, as glob patterns under the project.

    `once` marks a step that is not repeated when its input changes.
    """

    title: str
    command: tuple[str, ...]
    inputs: tuple[str, ...] = ()
    as_owner: bool = True
    once: bool = False
    demo: bool = False


DATABASE_CODE = ("*/migrations/*.py", "coordination/*/migrations/*.py", "coordination/actors/tenancy/**/*.py")
ROLES_CODE = ("coordination/actors/management/commands/provision_roles.py",)
PACKS = ("kinerja/packs/*", "kinerja/management/commands/load_packs.py")
WILAYAH = ("coordination/actors/data/**/*", "coordination/actors/management/commands/load_wilayah.py")

# Roles are no tenant's and no table's: they need the superuser itself.
ROLES = Step("Peran basis data", ("provision_roles",), DATABASE_CODE + ROLES_CODE, as_owner=False)
STEPS = (
    ROLES,
    Step("Tabel", ("migrate", "--no-input", "-v", "0"), (*DATABASE_CODE, "requirements/portal.lock")),
    Step("Wilayah", ("load_wilayah",), WILAYAH),
    Step("Paket aturan kinerja", ("load_packs",), PACKS),
    Step("Data contoh", ("load_demo",), once=True, demo=True),
)
STATIC = Step(
    "Berkas statis",
    ("collectstatic", "--no-input", "-v", "0"),
    ("static/**/*", "*/static/**/*", "coordination/*/static/**/*", "requirements/portal.lock"),
)


def prepare(services: Services, *, demo: bool, static: bool = True) -> None:
    """Do the steps whose input changed since they were last done on this data folder and database.

    Raises Fault with the end of the log when one fails; those before it stay done.
    """
    data = services.data
    done = places.read_json(data.prepared)
    log = data.log / "prepare.log"
    collecting = _begin_static(services, done, log) if static else None
    try:
        for step in STEPS:
            if step.demo and not demo:
                continue
            mark = _mark(step, services)
            if done.get(step.title) == mark or (step.once and step.title in done):
                continue
            begun = time.monotonic()
            env = services.owner_env() if step.as_owner else services.superuser_env()
            env["IKM_DEMO"] = "1" if demo else "0"
            if process.run(commands.manage(*step.command), env=env, log=log) != 0:
                raise Fault(f"Langkah “{step.title}” gagal. Akhir {log}:\n{tail(log)}")
            say(f"  {step.title}: {seconds(time.monotonic() - begun)}")
            done[step.title] = mark
            places.write_json(data.prepared, done)
        if collecting:
            if collecting.wait() != 0:
                raise Fault(f"Langkah “{STATIC.title}” gagal. Akhir {log}:\n{tail(log)}")
            done[STATIC.title] = _mark(STATIC, services)
            places.write_json(data.prepared, done)
    finally:
        if collecting and collecting.poll() is None:
            collecting.kill()
            collecting.wait()


def _begin_static(services: Services, done: dict, log: Path) -> subprocess.Popen | None:
    """Collecting the static files needs no database, so it runs beside the other steps."""
    if done.get(STATIC.title) == _mark(STATIC, services):
        return None
    with log.open("ab") as output:
        return subprocess.Popen(
            commands.manage(*STATIC.command),
            cwd=venv.ROOT,
            env=services.owner_env(),
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=process.follow_parent(process.signal.SIGTERM),
        )


def _mark(step: Step, services: Services) -> str:
    digest = hashlib.sha256(" ".join(step.command).encode())
    # Another server has not seen the steps done on this one.
    digest.update(addresses.without_password(services.external_database).encode())
    for name in sorted(_files(step.inputs)):
        digest.update(name.encode() + b"\0" + (venv.ROOT / name).read_bytes() + b"\0")
    return digest.hexdigest()


def _files(patterns: Iterable[str]) -> set[str]:
    found = set()
    for pattern in patterns:
        for file in venv.ROOT.glob(pattern):
            if file.is_file() and "__pycache__" not in file.parts:
                found.add(os.path.relpath(file, venv.ROOT))
    return found
