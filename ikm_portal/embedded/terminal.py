"""What the launcher says to the person who started it, and the one error it ends with."""

import sys
from pathlib import Path


class Fault(Exception):
    """Something the person can mend; shown as one message without a traceback."""


def say(text: str = "") -> None:
    print(text, flush=True)


def complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def seconds(value: float) -> str:
    """Seconds as an Indonesian reader writes them: `3,2 detik`."""
    return f"{value:.1f}".replace(".", ",") + " detik"


def tail(log: Path, lines: int = 25) -> str:
    """The last lines of a log file, or a sentence when there are none."""
    try:
        found = log.read_text(errors="replace").splitlines()[-lines:]
    except OSError:
        found = []
    return "\n".join(found) or "(catatan kosong)"
