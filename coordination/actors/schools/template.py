"""The empty list to fill in: the headings the reader knows, as CSV or as a workbook with hints."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

from .columns import REQUIRED, TITLES
from .kinds import LEVEL_OF

CSV, XLSX = "csv", "xlsx"
CONTENT_TYPE = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_KEEPS_ZEROS = ("npsn", "kode_pos")


def make_template(form: str) -> bytes:
    """The template as bytes; raises KeyError for a form that does not exist."""
    return {CSV: _csv, XLSX: _xlsx}[form]()


def _csv() -> bytes:
    # With the byte order mark Excel opens it as UTF-8.
    return ",".join(TITLES.values()).encode("utf-8-sig") + b"\r\n"


def _xlsx() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    needed = book.add_format({"bold": True, "bg_color": "#DDF0F2", "border": 1})
    optional = book.add_format({"border": 1})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet("Sekolah")
    sheet.freeze_panes(1, 0)
    for column, (field, title) in enumerate(TITLES.items()):
        sheet.write_string(0, column, title, needed if field in REQUIRED else optional)
        sheet.set_column(column, column, max(12, len(title) + 2), text if field in _KEEPS_ZEROS else None)
        choices = {"status": ["Negeri", "Swasta"], "bentuk": list(LEVEL_OF)}.get(field)
        if choices:
            sheet.data_validation(1, column, 5_000, column, {"validate": "list", "source": choices})
    _hints(book)
    book.close()
    return out.getvalue()


def _hints(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet(_("Petunjuk"))
    sheet.set_column(0, 0, 100)
    for row, line in enumerate(
        (
            _("Isi lembar “Sekolah”, satu baris satu sekolah. Kolom berwarna wajib diisi."),
            _("Wilayah ditulis dengan nama, seperti di Dapodik: Prov. Jawa Barat, Kota Depok, Kec. Pancoran Mas."),
            _("NPSN 8 angka. Yang tidak diketahui dibiarkan kosong; isi kosong tidak menghapus data yang ada."),
            _("Tanggal ditulis 2024-07-31."),
        )
    ):
        sheet.write_string(row, 0, line)
