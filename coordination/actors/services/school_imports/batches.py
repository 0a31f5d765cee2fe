"""What the steps share: entering the scope for one batch, counting, and the place of the files."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.db import connection
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from ...models import SchoolImport, SchoolImportRow
from ...schools.problems import OUTSIDE
from ...tenancy.scope import Scope, because, enter

BATCH = 5_000
FOLDER = "impor"
State = SchoolImport.State


@contextmanager
def batch(scope: Scope, pk: int, *states: str) -> Iterator[SchoolImport | None]:
    """One transaction in `scope` with the import locked; None when it has left the given states meanwhile.

    The lock makes two workers with the same task take turns, and the second finds nothing left to do.
    """
    with enter(scope):
        found = SchoolImport.objects.select_for_update().filter(pk=pk, state__in=states).first()
        if found:
            because(_("Impor sekolah %(pk)s") % {"pk": pk})
            SchoolImport.objects.filter(pk=pk).update(touched_at=timezone.now())
        yield found


def execute(statement: str, values: list) -> int:
    """Run one statement and return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


@contextmanager
def large_joins() -> Iterator[None]:
    """Keep the planner from nested loops for the statements inside.

    An import's rows are newer than the planner's statistics: it takes thousands for a handful and would go
    through all of them for each of them.
    """
    execute("SET LOCAL enable_nestloop = off", [])
    yield
    execute("SET LOCAL enable_nestloop = on", [])


def next_ids(pk: int, *, outcomes: tuple[str, ...], applied: bool) -> list[int]:
    """The ids of the next rows to work on, in the order of the file."""
    rows = SchoolImportRow.objects.filter(school_import_id=pk, outcome__in=outcomes, applied=applied)
    return list(rows.order_by("number").values_list("pk", flat=True)[:BATCH])


def count_outcomes(school_import: SchoolImport) -> None:
    """Count the rows by outcome into the import, unsaved."""
    rows = SchoolImportRow.objects.filter(school_import=school_import)
    found = dict(rows.order_by().values_list("outcome").annotate(Count("pk")))
    for outcome in ("new", "changed", "unchanged", "refused", "repeated", "kept"):
        setattr(school_import, outcome, found.get(outcome, 0))
    school_import.outside = rows.filter(outcome="refused", problems__contains=[{"code": OUTSIDE}]).count()
    school_import.total = sum(found.values())


@contextmanager
def stored(name: str) -> Iterator[Path]:
    """A stored file as a path on this machine's disk: itself, or a copy if the storage is elsewhere."""
    if isinstance(storages["default"], FileSystemStorage):
        yield Path(default_storage.path(name))
        return
    with NamedTemporaryFile(suffix=Path(name).suffix) as copy, default_storage.open(name) as file:
        shutil.copyfileobj(file, copy)
        copy.flush()
        yield Path(copy.name)


def fail_import(*, scope: Scope, pk: int, message: str) -> None:
    """End a running import with a reason, so that its page does not wait for ever."""
    with batch(scope, pk, *SchoolImport.RUNNING) as school_import:
        if school_import is None:
            return
        if school_import.state == State.IMPORTING:
            school_import.imported_at = timezone.now()
        school_import.state, school_import.message = State.FAILED, message[:300]
        school_import.save(update_fields=["state", "message", "imported_at"])
