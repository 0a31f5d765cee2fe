"""Bringing in school lists: an office starts, confirms and undoes (`decisions`), the worker checks (`check`),
writes (`apply`) and takes back (`undo`) in batches of one transaction each.

The steps take a scope instead of an actor: they run in the worker, which has asked the policy already.
"""

from ...models import SchoolImport
from ...tenancy.scope import Scope, enter
from .apply import apply_import
from .batches import fail_import, stored
from .check import check_import
from .decisions import confirm_import, prune_imports, stalled_imports, start_import, undo_import
from .national import import_file
from .undo import take_back

__all__ = [
    "apply_import",
    "check_import",
    "confirm_import",
    "fail_import",
    "import_file",
    "prune_imports",
    "run_step",
    "stalled_imports",
    "start_import",
    "take_back",
    "undo_import",
]


def run_step(*, scope: Scope, pk: int, step: str) -> None:
    """Run one of the worker's steps by its name: check, apply or undo."""
    if step == "check":
        with enter(scope):
            name = SchoolImport.objects.get(pk=pk).file
        with stored(name) as source:
            check_import(scope=scope, pk=pk, source=source)
    elif step == "apply":
        apply_import(scope=scope, pk=pk)
    elif step == "undo":
        take_back(scope=scope, pk=pk)
    else:
        raise ValueError(f"no such step: {step}")
