"""The refused rows as a CSV file that can be mended and uploaded again."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from ...models import SchoolImport, SchoolImportRow
from ...schools.table import open_table
from ...tenancy.scope import Scope, enter
from .batches import BATCH, FOLDER


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; the reader drops the apostrophe again."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def write_wrong_rows(*, scope: Scope, pk: int, source: Path) -> str:
    """Store the refused rows, as they stood in the file, with what is wrong in front.

    Returns the stored file's name, nothing when no row was refused.
    """
    with enter(scope):
        if not SchoolImport.objects.get(pk=pk).refused:
            return ""
    with TemporaryFile() as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        export_wrong_rows(scope=scope, pk=pk, source=source, writer=csv.writer(text))
        file.seek(0)
        return default_storage.save(f"{FOLDER}/{uuid4().hex}.csv", File(file))


def export_wrong_rows(*, scope: Scope, pk: int, source: Path, writer) -> int:
    """Write the refused rows to a csv writer and return how many; reads file and database side by side."""
    table = open_table(source)
    writer.writerow([_("Baris"), _("Yang perlu diperbaiki"), *(safe_cell(title) for title in table.headings)])
    written = 0
    lines = iter(table.rows)
    for number, text in _refused(scope, pk):
        line = next(line for line in lines if line.number == number)
        writer.writerow([number, safe_cell(text), *(safe_cell(cell) for cell in line.cells)])
        written += 1
    return written


def _refused(scope: Scope, pk: int) -> Iterator[tuple[int, str]]:
    last = 0
    while True:
        with enter(scope):
            rows = SchoolImportRow.objects.filter(school_import_id=pk, outcome="refused", number__gt=last)
            found = list(rows.order_by("number").values_list("number", "problems")[:BATCH])
        if not found:
            return
        for number, problems in found:
            yield number, explain(problems)
        last = found[-1][0]


def explain(problems: list[dict]) -> str:
    """The fatal problems of a row in one line: column, content, reason, mend."""
    return " | ".join(
        f"{one['column']} “{one['content']}”: {one['why']} {one['mend']}".strip() for one in problems if one["fatal"]
    )
