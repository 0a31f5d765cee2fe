"""Long lists as files: asked for, written piece by piece in the background, kept for seven days."""

import csv
import io
from datetime import timedelta
from functools import partial
from tempfile import TemporaryFile
from uuid import UUID, uuid4

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..actor import Actor
from ..errors import Refusal
from ..exports import Params, cell, kind_named
from ..models import Export
from ..models.exports import KEEP_FOR
from ..policies import ExportPolicy
from .once import claim_once, remember_outcome

FOLDER = "unduhan"
PIECE = 2_000
STALLED_AFTER = timedelta(minutes=3)
MOST_RUNS = 3
State = Export.State


def request_export(*, actor: Actor, kind: str, params: Params, token: UUID) -> Export:
    """Ask for a file; the same form twice, or the same list while it is being prepared, gives the same export.

    Raises NotAllowed for people without a role, LookupError for a kind that no app brings.
    """
    name = kind_named(kind).name
    asked = Export(user=actor.user, membership_id=actor.acting.id if actor.acting else 0, kind=name, params=params)
    ExportPolicy.require(actor, "request", asked)
    with transaction.atomic():
        earlier = claim_once(actor=actor, token=token)
        if earlier is not None:
            return _asked_before(actor, earlier)
        same = Export.objects.visible_to(actor).filter(kind=name, params=params, state__in=Export.RUNNING).first()
        if same is None:
            asked.filename = f"{name}-{actor.today():%Y%m%d}.csv"
            asked.save()
            _queue(asked)
        found = same or asked
        remember_outcome(actor=actor, token=token, outcome=str(found.pk))
    return found


def _asked_before(actor: Actor, outcome: str) -> Export:
    found = Export.objects.visible_to(actor).filter(pk=int(outcome) if outcome.isdecimal() else 0).first()
    if found is None:
        raise Refusal(_("Permintaan ini sudah dipakai."), mend=_("Muat ulang halamannya, lalu minta lagi."))
    return found


def _queue(export: Export) -> None:
    from ..tasks import run_export

    # Only a hint: the tick takes up what nobody works on, so an absent broker must not spoil the answer.
    work = partial(run_export.delay, export.pk, export.user_id, export.membership_id)
    transaction.on_commit(work, robust=True)


def write_export(*, actor: Actor, pk: int) -> None:
    """Write the file of an export in its asker's present area; safe to run again, the last run counts."""
    with actor.entered():
        export = Export.objects.select_for_update().filter(pk=pk, state__in=Export.RUNNING).first()
        if export is None:
            return
        kind = kind_named(export.kind)
        ids = kind.ids(actor, export.params)
        export.state, export.total, export.done = State.RUNNING, len(ids), 0
        export.run, export.touched_at = export.run + 1, timezone.now()
        export.save()
    with TemporaryFile() as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        writer = csv.writer(text)
        writer.writerow(kind.columns)
        for start in range(0, len(ids), PIECE):
            piece = ids[start : start + PIECE]
            with actor.entered():
                writer.writerows([cell(value) for value in row] for row in kind.rows(actor, piece))
                if not _step(export, done=start + len(piece)):
                    return
        file.seek(0)
        name = default_storage.save(f"{FOLDER}/{uuid4().hex}.csv", File(file))
    with actor.entered():
        if not _step(export, state=State.DONE, file=name, finished_at=timezone.now()):
            default_storage.delete(name)


def _step(export: Export, **changes) -> bool:
    """Note progress; False when another worker has started over."""
    mine = Export.objects.filter(pk=export.pk, run=export.run, state=State.RUNNING)
    return bool(mine.update(touched_at=timezone.now(), **changes))


def fail_export(*, pk: int) -> None:
    """End an export that cannot be written, so that its page does not wait for ever; in the portal's own scope."""
    Export.objects.filter(pk=pk, state__in=Export.RUNNING).update(state=State.FAILED, finished_at=timezone.now())


def stalled_exports() -> list[tuple[int, int, int]]:
    """Export, user and membership of those that nobody works on: their message was lost.

    One that was begun three times and never ended is given up.
    """
    quiet = Export.objects.filter(state__in=Export.RUNNING, touched_at__lt=timezone.now() - STALLED_AFTER)
    quiet.filter(run__gte=MOST_RUNS).update(state=State.FAILED, finished_at=timezone.now())
    return list(quiet.values_list("pk", "user_id", "membership_id"))


def prune_exports() -> int:
    """Remove exports older than a week with their files; runs in the portal's own scope."""
    removed = 0
    for export in Export.objects.filter(created_at__lt=timezone.now() - KEEP_FOR):
        if export.file:
            default_storage.delete(export.file)
        export.delete()
        removed += 1
    return removed
