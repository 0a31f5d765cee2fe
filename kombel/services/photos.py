"""Photos of meetings: what arrives is checked, drawn anew and kept under a random name.

Drawing anew drops EXIF with the place, and whatever else a file may carry behind the picture.
"""

import secrets
import warnings
from collections.abc import Sequence
from io import BytesIO
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal

from ..models import Meeting, Photo
from ..policies import KombelPolicy
from ..selectors.rules import rules_on

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
    name = PurePosixPath(upload.name or "foto").name[:60]
    if (upload.size or 0) > megabytes * 1024 * 1024:
        raise Refusal(_("%(name)s terlalu besar.") % {"name": name}, mend=mend)
    kind = kind_of(upload.read(16))
    upload.seek(0)
    if not kind or PurePosixPath(name).suffix.lower() not in KINDS[kind]:
        raise Refusal(_("%(name)s bukan foto.") % {"name": name}, mend=mend)
    try:
        return _draw(upload, kind)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as problem:
        raise Refusal(_("%(name)s rusak atau terlalu besar untuk dibaca.") % {"name": name}, mend=mend) from problem


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


def add_photos(*, actor: Actor, meeting: Meeting, photos: Sequence[UploadedFile]) -> list[Photo]:
    """Keep up to three photos of a meeting; raises Refusal naming the file that does not fit."""
    KombelPolicy.require(actor, "document", meeting.kombel)
    rules = rules_on(actor.today())
    if Photo.objects.filter(meeting=meeting).count() + len(photos) > rules.photos_most:
        raise Refusal(_("Paling banyak %(most)d foto untuk satu pertemuan.") % {"most": rules.photos_most})
    drawn = [redraw(upload, megabytes=rules.photo_megabytes) for upload in photos]
    return [_keep(actor, meeting, *one) for one in drawn]


def _keep(actor: Actor, meeting: Meeting, picture: bytes, width: int, height: int) -> Photo:
    key = secrets.token_hex(16)
    file = default_storage.save(f"kombel/{key[:2]}/{key}.jpg", ContentFile(picture))
    return Photo.objects.create(
        meeting=meeting,
        path=meeting.path,
        file=file,
        width=width,
        height=height,
        size=len(picture),
        uploaded_by=actor.user,
    )


def remove_photo(*, actor: Actor, photo: Photo) -> None:
    """Take a photo away; its file goes once the change is certain."""
    KombelPolicy.require(actor, "document", photo.meeting.kombel)
    file = photo.file
    photo.delete()
    # A file that cannot be deleted is not worth an error: the photo is off the meeting all the same.
    transaction.on_commit(lambda: default_storage.delete(file), robust=True)


def known_files(names: list[str]) -> set[str]:
    """Those of the stored names that are a photo of a meeting; for the cleaning up, in the portal's own scope."""
    return set(Photo.objects.filter(file__in=names).values_list("file", flat=True))
