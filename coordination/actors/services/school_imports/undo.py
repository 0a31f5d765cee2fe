"""Taking an import back: old values return, new schools go, what has been built upon stays."""

from django.db import connection
from django.utils.translation import gettext as _

from ...models import SchoolImportRow
from ...tenancy.scope import Scope
from . import sql
from .batches import State, batch, count_outcomes, execute, large_joins, next_ids


def take_back(*, scope: Scope, pk: int) -> None:
    """Undo what an import wrote, as far as nobody has changed or used it since; safe to run again.

    What stays is marked with the reason.
    """
    while _undo_batch(scope, pk):
        continue


def _undo_batch(scope: Scope, pk: int) -> bool:
    with batch(scope, pk, State.UNDOING) as school_import:
        if school_import is None:
            return False
        ids = next_ids(pk, outcomes=("new", "changed"), applied=True)
        if not ids:
            count_outcomes(school_import)
            school_import.state = State.UNDONE
            school_import.save()
            return False
        made = SchoolImportRow.objects.filter(pk__in=ids, outcome="new").values_list("school_id", flat=True)
        in_use = _in_use([pk for pk in made if pk])
        used = _("Sudah dipakai: ada anggota, komunitas atau catatan lain pada sekolah ini.")
        with large_joins():
            execute(sql.RESTORE_CHANGED, [ids])
            execute(sql.DELETE_NEW, [ids, in_use])
            execute(sql.MARK_KEPT, [in_use, used, _("Sudah diubah lagi setelah impor ini."), ids])
        school_import.done += len(ids)
        school_import.save(update_fields=["done"])
    return True


def _in_use(schools: list[int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT * FROM portal_schools_in_use(%s::bigint[])", [schools])
        return [pk for (pk,) in cursor.fetchall()]
