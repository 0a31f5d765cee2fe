"""Django's commands on a portal's data folder, and the single processes a server is made of."""

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from . import commands, process, venv
from .places import Data
from .prepare import prepare
from .services import Services
from .terminal import Fault

# These work on the source files and need neither roles nor tables.
SOURCE_ONLY = {"check", "compile_catalogues", "help", "makemigrations"}


@contextlib.contextmanager
def services_of(data: Data) -> Iterator[Services]:
    """The servers of a data folder: those of the portal that runs there, or started for this moment."""
    services = Services(data)
    data.create()
    if data.hold():
        data.release()
        with services:
            yield services
    else:
        services.join()
        yield services


def manage(folder: Path, arguments: Sequence[str]) -> int:
    """Run one Django command as the owner of the tables and return its exit status."""
    venv.ensure("portal.lock")
    data = Data(folder)
    with services_of(data) as services:
        command = arguments[0] if arguments else "help"
        empty = bool(services.running) and not data.prepared.exists()
        if empty and command not in SOURCE_ONLY:
            prepare(services, demo=False, static=False)
        # The owner's role cannot be taken before it is made.
        as_superuser = command == "provision_roles" or not data.prepared.exists()
        env = services.superuser_env() if as_superuser else services.owner_env()
        return process.run(commands.manage(*arguments), env=env)


def prepare_server(folder: Path) -> int:
    """Everything a server needs before its processes start; safe to repeat, and nothing is skipped."""
    venv.ensure("portal.lock")
    with Services(Data(folder)) as services:
        services.data.prepared.unlink(missing_ok=True)
        prepare(services, demo=False)
    return 0


def run_role(name: str) -> int:
    """Become the web server, the worker or beat, with the environment as it is."""
    for variable in ("DATABASE_URL", "BROKER_URL", "IKM_DATA"):
        if not os.environ.get(variable):
            raise Fault(f"{variable} belum diisi; lihat docs/operations.md.")
    command = commands.role(name)
    os.chdir(venv.ROOT)
    os.execv(command[0], command)


def install() -> int:
    """Make `.venv` with the portal's packages."""
    venv.ensure("portal.lock")
    return 0
