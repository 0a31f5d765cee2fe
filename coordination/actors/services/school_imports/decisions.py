"""What people decide about an import: start it, confirm it, undo it."""

from datetime import timedelta
from functools import partial
from pathlib import PurePath
from uuid import UUID, uuid4

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...actor import Actor
from ...errors import Refusal
from ...models import School, SchoolImport, SchoolImportRow
from ...policies import SchoolImportPolicy, SchoolPolicy
from ..once import claim_once, remember_outcome
from .batches import FOLDER, State

KEEP_FOR = timedelta(days=7)
STALLED_AFTER = timedelta(minutes=3)
STEPS: dict[str, str] = {
    State.WAITING: "check",
    State.CHECKING: "check",
    State.IMPORTING: "apply",
    State.UNDOING: "undo",
}


def start_import(*, actor: Actor, file: File, token: UUID) -> SchoolImport:
    """Store an uploaded list and have it checked; the same form sent twice gives the same import.

    Raises NotAllowed for those who may not bring in schools.
    """
    SchoolPolicy.require(actor, "import", School(path=actor.acting.path if actor.acting else ""))
    with transaction.atomic():
        earlier = claim_once(actor=actor, token=token)
        if earlier is not None:
            if not earlier.isdecimal():
                raise Refusal(_("Tanda kiriman ini sudah dipakai formulir lain."), mend=_("Unggah lagi berkasnya."))
            return SchoolImport.objects.get(pk=int(earlier))
        school_import = SchoolImport.objects.create(
            path=actor.acting.path,
            organisation_id=actor.organisation_id,
            user=actor.user,
            membership_id=actor.acting.id,
            filename=PurePath(file.name or "").name[:120] or "–",
            file=default_storage.save(f"{FOLDER}/{uuid4().hex}.bin", file),
        )
        remember_outcome(actor=actor, token=token, outcome=str(school_import.pk))
        _queue(school_import, actor)
    return school_import


def confirm_import(*, actor: Actor, school_import: SchoolImport) -> SchoolImport:
    """Write the good rows of a checked import; a second click finds it running and changes nothing."""
    SchoolImportPolicy.require(actor, "change", school_import)
    with transaction.atomic():
        locked = SchoolImport.objects.select_for_update().get(pk=school_import.pk)
        if locked.state in {State.IMPORTING, State.IMPORTED}:
            return locked
        if locked.state != State.CHECKED or not locked.good:
            raise Refusal(_("Impor ini tidak bisa dijalankan."), mend=_("Unggah lagi berkasnya."))
        _move(locked, State.IMPORTING)
        _queue(locked, actor)
    return locked


def undo_import(*, actor: Actor, school_import: SchoolImport) -> SchoolImport:
    """Take an import back within 24 hours; raises Refusal when it is too late or was never run."""
    SchoolImportPolicy.require(actor, "change", school_import)
    with transaction.atomic():
        locked = SchoolImport.objects.select_for_update().get(pk=school_import.pk)
        if locked.state in {State.UNDOING, State.UNDONE}:
            return locked
        if not locked.can_undo:
            raise Refusal(
                _("Impor ini tidak bisa dibatalkan lagi."),
                mend=_("Pembatalan hanya sampai 24 jam setelah impor. Impor daftar yang benar sebagai gantinya."),
            )
        _move(locked, State.UNDOING)
        _queue(locked, actor)
    return locked


def prune_imports() -> int:
    """Remove the files and rows of imports older than a week; what they wrote and their counts stay.

    Runs in the portal's own scope; returns how many were cleared.
    """
    old = SchoolImport.objects.filter(created_at__lt=timezone.now() - KEEP_FOR).exclude(file="", wrong_rows="")
    cleared = 0
    for school_import in old.exclude(state__in=SchoolImport.RUNNING):
        SchoolImportRow.objects.filter(school_import=school_import).delete()
        for name in filter(None, (school_import.file, school_import.wrong_rows)):
            default_storage.delete(name)
        school_import.file = school_import.wrong_rows = ""
        school_import.save(update_fields=["file", "wrong_rows"])
        cleared += 1
    return cleared


def stalled_imports() -> list[tuple[str, int, int, int]]:
    """Step, import, user and membership of imports that nobody works on: their message was lost."""
    quiet = SchoolImport.objects.filter(
        state__in=STEPS, touched_at__lt=timezone.now() - STALLED_AFTER, membership_id__isnull=False
    )
    found = quiet.values_list("state", "pk", "user_id", "membership_id")
    return [(STEPS[state], pk, user or 0, membership or 0) for state, pk, user, membership in found]


def _move(school_import: SchoolImport, state: str) -> None:
    school_import.state, school_import.done, school_import.touched_at = state, 0, timezone.now()
    school_import.save(update_fields=["state", "done", "touched_at"])


def _queue(school_import: SchoolImport, actor: Actor) -> None:
    from ...tasks import run_school_import

    step = STEPS[school_import.state]
    work = partial(run_school_import.delay, step, school_import.pk, actor.user.pk, actor.acting.id)
    # Only a hint: the tick takes up what nobody works on, so an absent broker must not spoil the answer.
    transaction.on_commit(work, robust=True)
