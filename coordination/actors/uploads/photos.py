"""Photos: what arrives is checked and drawn anew.

Drawing anew drops EXIF with the place, and whatever else a file may carry behind the picture.
"""

import warnings
from io import BytesIO
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from ..errors import Refusal
from .names import MEGABYTE, shown_name

LONGEST = 1600
"""Pixels of the longer side after drawing anew."""
MOST_PIXELS = 50_000_000
"""A file of a few kilobytes can claim a picture that fills the memory; phones make about 50 megapixels."""
KINDS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WEBP": (".webp",)}


def kind_of(head: bytes) -> str:
    """The format by its first bytes, or an empty string."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    return ""


def redraw(upload: UploadedFile, *, megabytes: int) -> tuple[bytes, int, int]:
    """Return (JPEG, width, height) of an uploaded picture; raises Refusal for anything that is not one."""
    mend = _("Kirim foto JPG, PNG atau WebP paling besar %(size)d MB.") % {"size": megabytes}
    name = shown_name(upload)
    if (upload.size or 0) > megabytes * MEGABYTE:
        raise Refusal(_("%(name)s terlalu besar.") % {"name": name}, mend=mend, field="file")
    kind = kind_of(upload.read(16))
    upload.seek(0)
    if not kind or PurePosixPath(name).suffix.lower() not in KINDS[kind]:
        raise Refusal(_("%(name)s bukan foto.") % {"name": name}, mend=mend, field="file")
    try:
        return _draw(upload, kind)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as problem:
        said = _("%(name)s rusak atau terlalu besar untuk dibaca.") % {"name": name}
        raise Refusal(said, mend=mend, field="file") from problem


def _draw(upload: UploadedFile, kind: str) -> tuple[bytes, int, int]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        source = Image.open(upload, formats=[kind])
        if source.width * source.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        # JPEG can be read at a fraction of its size, which keeps a large photo out of the memory.
        source.draft("RGB", (LONGEST, LONGEST))
        turned = ImageOps.exif_transpose(source).convert("RGBA")
    turned.thumbnail((LONGEST, LONGEST))
    flat = Image.new("RGB", turned.size, "white")
    flat.paste(turned, mask=turned.getchannel("A"))
    out = BytesIO()
    flat.save(out, "JPEG", quality=80, optimize=True)
    return out.getvalue(), flat.width, flat.height
