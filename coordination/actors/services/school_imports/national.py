"""The import from the command line: the whole country, in the portal's own name."""

import csv
from pathlib import Path

from ...models import SchoolImport
from ...tenancy.scope import SYSTEM, enter
from .apply import apply_import
from .batches import State
from .check import check_import
from .wrong_rows import export_wrong_rows

PORTAL = "p.portal"
"""Path of imports made by command: Pusat sees them and may take them back."""


def import_file(*, source: Path, dry_run: bool = False, errors: Path | None = None) -> SchoolImport:
    """Check a list and write its good rows, or only check it; returns the import with its counts.

    A dry run leaves nothing behind. `errors` gets the refused rows as CSV. What is wrong with the file as a
    whole is in the import's `message`.
    """
    with enter(SYSTEM):
        pk = SchoolImport.objects.create(path=PORTAL, filename=source.name[:120]).pk
    check_import(scope=SYSTEM, pk=pk, source=source, keep_wrong_rows=False)
    if errors and _get(pk).state == State.CHECKED:
        with errors.open("w", encoding="utf-8-sig", newline="") as file:
            export_wrong_rows(scope=SYSTEM, pk=pk, source=source, writer=csv.writer(file))
    found = _get(pk)
    if dry_run:
        with enter(SYSTEM):
            SchoolImport.objects.get(pk=pk).delete()
    elif found.state == State.CHECKED:
        with enter(SYSTEM):
            SchoolImport.objects.filter(pk=pk).update(state=State.IMPORTING)
        apply_import(scope=SYSTEM, pk=pk)
        found = _get(pk)
    return found


def _get(pk: int) -> SchoolImport:
    with enter(SYSTEM):
        return SchoolImport.objects.get(pk=pk)
