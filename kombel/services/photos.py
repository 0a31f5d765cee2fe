"""Photos of meetings: drawn anew, kept under a random name."""

from collections.abc import Sequence

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal
from coordination.actors.uploads.names import keep
from coordination.actors.uploads.photos import redraw

from ..models import Meeting, Photo
from ..policies import KombelPolicy
from ..selectors.rules import rules_on


def add_photos(*, actor: Actor, meeting: Meeting, photos: Sequence[UploadedFile]) -> list[Photo]:
    """Keep up to three photos of a meeting; raises Refusal naming the file that does not fit."""
    KombelPolicy.require(actor, "document", meeting.kombel)
    rules = rules_on(actor.today())
    if Photo.objects.filter(meeting=meeting).count() + len(photos) > rules.photos_most:
        raise Refusal(_("Paling banyak %(most)d foto untuk satu pertemuan.") % {"most": rules.photos_most})
    drawn = [redraw(upload, megabytes=rules.photo_megabytes) for upload in photos]
    return [_keep(actor, meeting, *one) for one in drawn]


def _keep(actor: Actor, meeting: Meeting, picture: bytes, width: int, height: int) -> Photo:
    return Photo.objects.create(
        meeting=meeting,
        path=meeting.path,
        file=keep("kombel", picture, ".jpg"),
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
