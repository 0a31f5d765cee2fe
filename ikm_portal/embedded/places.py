"""Where a portal keeps its data, sockets and logs, and who may use the folder now."""

import fcntl
import json
import os
import pwd
import re
import shutil
import signal
import stat
import tempfile
import time
from pathlib import Path
from typing import IO

from .process import ROOT, User, started_at
from .terminal import Fault

# sun_path holds 108 bytes with its closing zero.
SOCKET_LIMIT = 107
LONGEST_SOCKET = len("/pg/.s.PGSQL.5432.lock")
TEMP_PREFIX = "ikm-"


class Data:
    """One data folder: databases, uploads, logs, and the note about the launcher that holds it."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(os.path.abspath(folder))
        self.log = self.folder / "log"
        self.media = self.folder / "media"
        self.note = self.folder / "running.json"
        self.prepared = self.folder / "prepared.json"
        self._hold: IO | None = None

    def create(self) -> None:
        """Make the folder, closed to other accounts. Raises Fault when it belongs to somebody else."""
        # Under root the service account must be able to pass through to its own part, not to look around.
        mode = 0o711 if os.geteuid() == 0 else 0o700
        try:
            self.folder.mkdir(mode=mode, parents=True, exist_ok=True)
            for part in (self.log, self.media):
                part.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise Fault(f"Folder data {self.folder} tidak bisa dipakai: {error.strerror}.") from error

    def hold(self) -> bool:
        """Take the folder for this launcher; False when another one has it. Freed when this one ends."""
        try:
            self._hold = (self.folder / "lock").open("a")
            fcntl.flock(self._hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._hold = None
            return False
        except OSError as error:
            raise Fault(f"Folder data {self.folder} tidak bisa dipakai: {error.strerror}.") from error
        return True

    def release(self) -> None:
        if self._hold:
            self._hold.close()
            self._hold = None

    def read_note(self) -> dict:
        return read_json(self.note)

    def write_note(self, note: dict) -> None:
        write_json(self.note, note)

    def clear_leftovers(self) -> None:
        """End what a killed launcher may have left and remove its socket folder.

        Called with the folder held, so whatever the note names has no master any more.
        """
        note = self.read_note()
        for pid, start in note.get("services", {}).values():
            _end(pid, start)
        for folder in (note.get("run"), note.get("copied")):
            if folder and Path(folder).name.startswith(TEMP_PREFIX):
                remove_own_folder(Path(folder))
        shutil.rmtree(self.folder / "run", ignore_errors=True)
        self.note.unlink(missing_ok=True)

    def secret(self) -> str:
        """The key that signs sessions of this folder's portal, made on first use."""
        file = self.folder / "secret-key"
        if not file.exists():
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as out:
                out.write(os.urandom(32).hex())
        return file.read_text()


def read_json(file: Path) -> dict:
    try:
        return json.loads(file.read_text())
    except (OSError, ValueError):
        return {}


def write_json(file: Path, content: dict) -> None:
    part = file.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(content, out, indent=1)
    part.replace(file)


def end_leftovers(folder: Path) -> None:
    """End the servers whose working folder is this one: of a crash, or of a killed launcher."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            program, place = (entry / "comm").read_text().strip(), os.readlink(entry / "cwd")
        except OSError:
            continue
        if program in {"postgres", "valkey-server"} and Path(place) == folder:
            _end(int(entry.name), started_at(int(entry.name)))


def _end(pid: int, start: str, patience: float = 8.0) -> None:
    end = time.monotonic() + patience
    # The kernel has told it already; a second, harder word only when it does not listen.
    while start and started_at(pid) == start:
        if time.monotonic() > end:
            os.kill(pid, signal.SIGKILL)
            end += patience
        time.sleep(0.05)


def service_user(data: Path) -> User | None:
    """The account PostgreSQL runs as when the launcher is root, which PostgreSQL refuses.

    The owner of an existing database stays; else IKM_SERVICE_USER, by default `nobody`.
    """
    if os.geteuid() != 0:
        return None
    if (data / "postgres").exists():
        found = (data / "postgres").stat()
        if found.st_uid:
            return User(found.st_uid, found.st_gid)
    name = os.environ.get("IKM_SERVICE_USER", "nobody")
    try:
        account = pwd.getpwnam(name)
    except KeyError:
        raise Fault(f"Akun {name} tidak ada; isi IKM_SERVICE_USER dengan akun lain.") from None
    if account.pw_uid == 0:
        raise Fault("IKM_SERVICE_USER harus akun yang bukan root.")
    return User(account.pw_uid, account.pw_gid)


def reachable(path: Path, user: User | None) -> bool:
    """Whether that account can enter the folder or run the file; a child that became it asks the kernel."""
    if user is None:
        return os.access(path, os.X_OK)
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(user.gid)
            os.setuid(user.uid)
            os._exit(0 if os.access(path, os.X_OK) else 1)
        finally:
            os._exit(2)
    return os.waitpid(child, 0)[1] == 0


def socket_folder(data: Path, user: User | None) -> Path:
    """A folder for sockets whose path is short and plain and which the services can reach.

    That is `run` in the data folder; under a long path, one with spaces, or one the service account
    cannot enter, a new folder of our own among the temporary files.
    """
    here = data / "run"
    plain = re.fullmatch(r"[A-Za-z0-9/_.-]+", str(here)) is not None
    if plain and len(os.fsencode(here)) + LONGEST_SOCKET <= SOCKET_LIMIT and reachable(data, user):
        shutil.rmtree(here, ignore_errors=True)
        here.mkdir(mode=0o700)
    else:
        here = temporary_folder(user)
    here.chmod(0o711 if user else 0o700)
    for name in ("pg", "own"):
        (here / name).mkdir(mode=0o700)
    if user:
        os.chown(here / "pg", user.uid, user.gid)
    return here


def temporary_folder(user: User | None) -> Path:
    """A new folder of our own with a short path, in the first temporary place the account can reach."""
    for place in dict.fromkeys([tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm"]):
        parent = Path(place)
        short = len(os.fsencode(place)) + LONGEST_SOCKET + 16 <= SOCKET_LIMIT
        if short and os.access(parent, os.W_OK) and reachable(parent, user):
            return Path(tempfile.mkdtemp(prefix=TEMP_PREFIX, dir=parent))
    raise Fault("Tidak ada folder sementara yang bisa dipakai; isi TMPDIR dengan folder yang pendek.")


def remove_own_folder(folder: Path) -> None:
    """Remove a temporary folder, if it is a real folder of ours and not what somebody put in its place."""
    try:
        found = folder.lstat()
    except OSError:
        return
    if stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid():
        shutil.rmtree(folder, ignore_errors=True)


def default_data() -> Path:
    return Path(os.environ.get("IKM_DATA") or ROOT / ".portal")
