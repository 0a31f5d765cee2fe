"""Files that a transaction left behind are cleared; files that a row refers to never are."""

import os
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.module_loading import import_string

from coordination.actors.actor import system
from coordination.actors.models import Export, Organisation, SchoolImport, User
from coordination.actors.tasks import clear_orphan_files
from kombel.models import Photo
from tests.kombel.make import make_kombel, make_meeting


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    options = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": options}


def stored(name: str, hours: int = 25) -> str:
    """A stored file that was written that many hours ago."""
    found = default_storage.save(name, ContentFile(b"isi"))
    when = (timezone.now() - timedelta(hours=hours)).timestamp()
    os.utime(default_storage.path(found), (when, when))
    return found


def test_old_files_without_a_row_go_and_all_others_stay(cast):
    user, office = User.objects.get(username="penggerak"), Organisation.objects.get(code="dinas_3276")
    meeting = make_meeting(make_kombel(), timezone.localdate())
    part = {"meeting": meeting, "path": meeting.path, "uploaded_by": user, "width": 1, "height": 1, "size": 3}
    photo = Photo.objects.create(file=stored("kombel/ab/foto.jpg"), **part)
    import_ = SchoolImport.objects.create(
        organisation=office, path=office.path, file=stored("impor/daftar.bin"), wrong_rows=stored("impor/salah.csv")
    )
    export = Export.objects.create(
        user=user, membership_id=1, kind="komunitas", filename="a.csv", file=stored("unduhan/daftar.csv"), state="done"
    )
    kept = [photo.file, import_.file, import_.wrong_rows, export.file]
    fresh = [stored("kombel/cd/baru.jpg", hours=23), stored("unduhan/baru.csv", hours=1)]
    nobodys = [stored("lain/milik-siapa.bin")]
    left = [stored("kombel/cd/yatim.jpg"), stored("impor/yatim.bin"), stored("unduhan/yatim.csv")]
    assert clear_orphan_files() == len(left)
    assert all(default_storage.exists(name) for name in (*kept, *fresh, *nobodys))
    assert not any(default_storage.exists(name) for name in left)
    assert clear_orphan_files() == 0


def test_many_files_are_asked_for_in_batches(cast, monkeypatch):
    monkeypatch.setattr("coordination.actors.services.files.BATCH", 3)
    for number in range(8):
        stored(f"unduhan/{number}.csv")
    assert clear_orphan_files() == 8


def test_every_folder_that_an_app_names_can_be_asked_about_in_the_portals_own_scope(cast):
    named = {folder: path for config in apps.get_app_configs() for folder, path in getattr(config, "files", {}).items()}
    assert {"kombel", "kinerja", "impor", "unduhan"} <= set(named)
    with system():
        assert not any(import_string(path)(["tidak/ada.bin"]) for path in named.values())
