"""How an upload is named in words, and where it is kept."""

import secrets
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

MEGABYTE = 1024 * 1024


def shown_name(upload: UploadedFile) -> str:
    """The name the sender knows the file by, short enough for a sentence."""
    return PurePosixPath(upload.name or "berkas").name[:60]


def keep(folder: str, content: bytes, suffix: str) -> str:
    """Store the bytes under a random name and return it; nothing of the sender's name is left."""
    key = secrets.token_hex(16)
    return default_storage.save(f"{folder}/{key[:2]}/{key}{suffix}", ContentFile(content))
