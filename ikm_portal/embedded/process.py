"""Processes that end when the launcher ends, however it ends."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .terminal import Fault, tail

ROOT = Path(__file__).resolve().parents[2]
PR_SET_PDEATHSIG = 1
LOG_LIMIT = 10 * 1024 * 1024

# Loaded before any fork: between fork and exec only a plain function call is safe.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class User:
    """The account a service runs as instead of root."""

    uid: int
    gid: int


def die_with_parent(number: int, parent: int) -> None:
    """Ask the kernel to send signal `number` to this process when its parent thread ends.

    The kernel forgets the wish when the user id changes, so call it after that. A parent that ended
    in between is noticed by its id.
    """
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


def follow_parent(number: int) -> Callable[[], None]:
    """A function for `preexec_fn`; made in the main thread, whose end is the launcher's end."""
    parent = os.getpid()
    return lambda: die_with_parent(number, parent)


def as_user(user: User | None) -> dict:
    return {"user": user.uid, "group": user.gid, "extra_groups": []} if user else {}


def run(
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    log: Path | None = None,
    user: User | None = None,
    pass_fds: Sequence[int] = (),
) -> int:
    """Run one command to its end and return its exit status; it ends with the launcher."""
    with open(log, "ab") if log else open(os.devnull, "wb") as output:
        ended = subprocess.run(
            command,
            cwd=ROOT,
            env=env,
            stdout=output if log else None,
            stderr=subprocess.STDOUT if log else None,
            pass_fds=pass_fds,
            preexec_fn=follow_parent(signal.SIGTERM),
            check=False,
            **as_user(user),
        )
    return ended.returncode


def started_at(pid: int) -> str:
    """When the kernel started the process, or nothing when there is no such process.

    A pid alone may be somebody else's by now; pid and start together are one process.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    state, *rest = stat.rpartition(")")[2].split()
    return "" if state == "Z" else rest[18]


@dataclass
class Service:
    """One long-running program with its log and its way to stop.

    `stop_with` lists signals with the seconds each may take; what is left after that is killed.
    `on_death` is what the kernel sends it when the launcher is gone. `clear` removes what a crash left
    before a start, and `ready` says whether the process with that pid answers.
    """

    name: str
    command: Sequence[str]
    log: Path
    env: Mapping[str, str] | None = None
    user: User | None = None
    on_death: int = signal.SIGKILL
    stop_with: Sequence[tuple[int, float]] = ((signal.SIGTERM, 5.0),)
    pass_fds: Sequence[int] = ()
    clear: Callable[[], None] = lambda: None
    ready: Callable[[int], bool] = lambda pid: True
    patience: float = 30.0
    process: subprocess.Popen | None = None
    asked: bool = False
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start the program and wait until it is ready. Raises Fault with the end of its log."""
        self.clear()
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=self.pass_fds,
                # Ctrl-C goes to the launcher alone, which then stops the services in order.
                process_group=0,
                preexec_fn=follow_parent(self.on_death),
                **as_user(self.user),
            )
        self.asked = False
        self.starts.append(time.monotonic())
        end = time.monotonic() + self.patience
        while not self.ready(self.process.pid):
            if not self.alive() or time.monotonic() > end:
                self.stop()
                raise Fault(f"{self.name} tidak bisa dijalankan. Akhir {self.log}:\n{tail(self.log)}")
            time.sleep(0.02)

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        """Send the first signal without waiting, so that several services can end side by side."""
        if self.process and self.alive() and not self.asked:
            self.process.send_signal(self.stop_with[0][0])
            self.asked = True

    def stop(self) -> None:
        """Stop the program and whatever it left in its process group."""
        if self.process is None:
            return
        self.ask_to_stop()
        for step, (number, patience) in enumerate(self.stop_with):
            if not self.alive():
                break
            if step:
                self.process.send_signal(number)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                continue
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
        self.process.wait()

    def often_restarted(self, times: int = 3, within: float = 60.0) -> bool:
        return len([start for start in self.starts if start > time.monotonic() - within]) > times
