"""PDF files: read to the end before they are kept, and refused when they do more than show pages.

See docs/decisions/021-pdf-uploads.md for why a reader is needed and what is refused.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from ..errors import Refusal
from .names import MEGABYTE, shown_name

MOST_OBJECTS = 20_000
"""A sheet scanned or printed to 2 MB has some hundreds; more is made to keep a reader busy."""
MOST_PAGES = 300
ACTIVE_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/RichMediaExecute"}
)
ACTIVE_KEYS = frozenset({"/JS", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/XFA"})
BROKEN = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError)
"""What a reader of files from strangers raises on a broken one."""


class _Refused(Exception):
    """A finding in the words that follow the file's name."""


def check_pdf(upload: UploadedFile, *, megabytes: int) -> bytes:
    """The bytes of an uploaded PDF; raises Refusal that names the file, the limit and the mend.

    Refused: another kind of file, broken or locked ones, scripts, embedded files, actions that leave the document.
    """
    mend = _("Kirim PDF tanpa sandi, paling besar %(size)d MB. Bila ragu, cetak ulang sebagai PDF.") % {
        "size": megabytes
    }
    name = shown_name(upload)
    if (upload.size or 0) > megabytes * MEGABYTE:
        raise Refusal(_("%(name)s terlalu besar.") % {"name": name}, mend=mend, field="file")
    content = upload.read()
    if PurePosixPath(name).suffix.lower() != ".pdf" or not content.startswith(b"%PDF-"):
        raise Refusal(_("%(name)s bukan PDF.") % {"name": name}, mend=mend, field="file")
    try:
        _inspect(content)
    except _Refused as found:
        said = _("%(name)s tidak bisa diterima: %(why)s.") % {"name": name, "why": found}
        raise Refusal(said, mend=mend, field="file") from found
    except BROKEN as problem:
        raise Refusal(_("%(name)s rusak dan tidak terbaca.") % {"name": name}, mend=mend, field="file") from problem
    return content


def _inspect(content: bytes) -> None:
    # What follows the end mark is not PDF: another file may be hiding there.
    if content.rpartition(b"%%EOF")[2].strip(b"\r\n\t \0") or b"%%EOF" not in content:
        raise _Refused(_("berkasnya tidak berakhir sebagaimana PDF"))
    reader = PdfReader(BytesIO(content), strict=False)
    if reader.is_encrypted:
        raise _Refused(_("dikunci dengan sandi"))
    pages = len(reader.pages)
    if not pages:
        raise _Refused(_("tidak berisi halaman"))
    if pages > MOST_PAGES:
        raise _Refused(_("lebih dari %(most)d halaman") % {"most": MOST_PAGES})
    for found in _dictionaries(reader):
        if not ACTIVE_KEYS.isdisjoint(found) or str(found.raw_get("/S") if "/S" in found else "") in ACTIVE_ACTIONS:
            raise _Refused(_("berisi skrip, lampiran, atau perintah"))


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of the file, also those in compressed object streams and those no page refers to."""
    direct = {(number, generation) for generation, found in reader.xref.items() for number in found if number}
    packed = {(number, 0) for number in reader.xref_objStm}
    if len(direct) + len(packed) > MOST_OBJECTS:
        raise _Refused(_("terlalu rumit untuk diperiksa"))
    yield from _within(reader.trailer)
    for number, generation in sorted(direct | packed):
        yield from _within(reader.get_object(IndirectObject(number, generation, reader)))


def _within(found: Any) -> Iterator[DictionaryObject]:
    if isinstance(found, DictionaryObject):
        yield found
        parts: Any = found.values()
    else:
        parts = found if isinstance(found, ArrayObject) else ()
    for part in parts:
        if isinstance(part, DictionaryObject | ArrayObject):
            yield from _within(part)
