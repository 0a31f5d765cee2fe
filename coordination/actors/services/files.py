"""Stored files that nobody refers to: what a transaction left behind that was taken back.

An app names its folders in its AppConfig, `files = {"kombel": "kombel.services.photos.known_files"}`: the function
gets some names and returns those that a row refers to. A folder that no app names is never touched.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice

from django.apps import apps
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.module_loading import import_string

from ..actor import system
from ..models import Export, SchoolImport

LEFT_AFTER = timedelta(hours=24)
"""No transaction lasts that long, so a file without a row will never get one."""
BATCH = 500

Known = Callable[[list[str]], set[str]]


def clear_orphan_files() -> int:
    """Delete stored files older than a day that no row refers to; returns how many. Opens the portal's own scope."""
    removed = 0
    for config in apps.get_app_configs():
        for folder, path in getattr(config, "files", {}).items():
            removed += _clear(folder, import_string(path))
    return removed


def _clear(folder: str, known: Known) -> int:
    removed, names = 0, _old_files(folder)
    while batch := list(islice(names, BATCH)):
        with system():
            orphans = set(batch) - known(batch)
        for name in orphans:
            default_storage.delete(name)
        removed += len(orphans)
    return removed


def _old_files(folder: str) -> Iterator[str]:
    if not default_storage.exists(folder):
        return
    folders, files = default_storage.listdir(folder)
    before = timezone.now() - LEFT_AFTER
    for name in files:
        path = f"{folder}/{name}"
        if default_storage.get_modified_time(path) < before:
            yield path
    for name in folders:
        yield from _old_files(f"{folder}/{name}")


def known_imports(names: list[str]) -> set[str]:
    """Those of the names that are a school list or its refused rows."""
    lists = SchoolImport.objects.filter(file__in=names).values_list("file", flat=True)
    refused = SchoolImport.objects.filter(wrong_rows__in=names).values_list("wrong_rows", flat=True)
    return {*lists, *refused}


def known_exports(names: list[str]) -> set[str]:
    """Those of the names that are a prepared file."""
    return set(Export.objects.filter(file__in=names).values_list("file", flat=True))
