"""Tables to take along: CSV and XLSX whose cells no spreadsheet runs as a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def safe(value: Any) -> Any:
    """A cell of a CSV as text that a spreadsheet will not run; numbers stay numbers."""
    found = plain(value)
    return f"'{found}" if isinstance(found, str) and found.startswith(FORMULA) else found


def plain(value: Any) -> Any:
    """A cell as a number or as text, word for word."""
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def as_csv(head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads the letters right."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([safe(cell) for cell in head])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(head: Sequence[Any], rows: Iterable[Sequence[Any]], *, sheet: str) -> bytes:
    """One sheet with a bold, frozen head."""
    return as_workbook([(sheet, head, rows)])


def as_workbook(sheets: Iterable[tuple[str, Sequence[Any], Iterable[Sequence[Any]]]], *, title: str = "") -> bytes:
    """Sheets of (name, head, rows), each with a bold, frozen head; text is written as text and needs no apostrophe."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": title})
        bold = book.add_format({"bold": True})
        for name, head, rows in sheets:
            page = book.add_worksheet(name[:31])
            page.write_row(0, 0, [str(cell) for cell in head], bold)
            page.freeze_panes(1, 0)
            for number, row in enumerate(rows, start=1):
                for column, cell in enumerate(map(plain, row)):
                    (page.write_string if isinstance(cell, str) else page.write_number)(number, column, cell)
            page.autofit(300)
    return out.getvalue()
