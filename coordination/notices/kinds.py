"""The kinds of notices, as data; each app lists its own in `notice_kinds.py`.

register("report_submitted", _("Laporan UPT diterima Pusat"), group=_("Laporan"))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from .models import Notice


@dataclass(frozen=True, slots=True)
class Kind:
    """What a notice is about, as its reader may switch it off for e-mail.

    `holds` is asked just before an e-mail goes out (in the portal's own scope): False when what it says is
    no longer so, such as a reminder of a report that has meanwhile been sent.
    """

    code: str
    label: str | Promise
    group: str | Promise
    mail: bool = True
    holds: Callable[["Notice"], bool] | None = None


_kinds: dict[str, Kind] = {}


def register(
    code: str,
    label: str | Promise,
    *,
    group: str | Promise,
    mail: bool = True,
    holds: Callable[["Notice"], bool] | None = None,
) -> Kind:
    """Add a kind; raises ValueError when the code is taken or longer than 40 characters."""
    if code in _kinds or len(code) > 40:
        raise ValueError(f"notice kind {code!r} is taken or too long")
    _kinds[code] = Kind(code, label, group, mail, holds)
    return _kinds[code]


def kind_for(code: str) -> Kind:
    """The kind of that code; raises LookupError when no app has registered it."""
    if code not in _kinds:
        raise LookupError(f"no notice kind {code!r}: register it in the app's notice_kinds.py")
    return _kinds[code]


def all_kinds() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: (str(kind.group), str(kind.label)))


_steps: dict[str, str | Promise] = {}


def name_steps(labels: dict[str, str | Promise]) -> None:
    """Say in words what the steps of a reminder rule are called."""
    _steps.update(labels)


def step_label(code: str) -> str | Promise:
    return _steps.get(code, code)
