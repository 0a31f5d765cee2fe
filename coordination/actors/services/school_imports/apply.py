"""The import itself: writes new and changed rows, one batch a transaction."""

from django.utils import timezone
from django.utils.translation import gettext as _

from ...tenancy.scope import Scope
from . import sql
from .batches import State, batch, count_outcomes, execute, large_joins, next_ids


def apply_import(*, scope: Scope, pk: int) -> None:
    """Write the good rows of a confirmed import; safe to run again after a lost worker, it goes on.

    A row whose school appeared or vanished since the check is refused with that reason.
    """
    while _apply_batch(scope, pk):
        continue


def _apply_batch(scope: Scope, pk: int) -> bool:
    with batch(scope, pk, State.IMPORTING) as school_import:
        if school_import is None:
            return False
        ids = next_ids(pk, outcomes=("new", "changed"), applied=False)
        if not ids:
            count_outcomes(school_import)
            school_import.state, school_import.imported_at = State.IMPORTED, timezone.now()
            school_import.save()
            return False
        why = _("Sekolah ini berubah di tempat lain setelah berkas diperiksa.")
        with large_joins():
            execute(sql.INSERT_NEW, [ids, ids])
            execute(sql.LOCK_CHANGED, [ids])
            execute(sql.REMEMBER_BEFORE, [ids])
            execute(sql.UPDATE_CHANGED, [ids])
            execute(sql.MARK_TOO_LATE, [why, _("Unggah lagi berkasnya."), ids])
        school_import.done += len(ids)
        school_import.save(update_fields=["done"])
    return True
