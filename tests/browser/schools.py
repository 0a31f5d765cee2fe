"""Makes the imports of schools that the browser looks at, each in one of its states."""

from pathlib import Path
from tempfile import TemporaryDirectory

from coordination.actors.actor import actor_for
from coordination.actors.models import Export, SchoolImport, User
from coordination.actors.services.school_imports import apply_import, check_import
from tests.actors.school_files import as_csv, row


def import_checked() -> str:
    """An import with new, changed, wrong and noted rows and one of another office, waiting for a decision."""
    return _imported(list_of_schools(), confirm=False)


def import_done() -> str:
    return _imported(list_of_schools(), confirm=True)


def import_running() -> str:
    address = _imported(list_of_schools(), confirm=False)
    SchoolImport.objects.filter(pk=int(address.split("/")[-2])).update(state="importing", done=3200, total=12000)
    return f"{address}?diam=1"


def import_failed() -> str:
    return _imported(b"a,b\n1,2\n", confirm=False)


def export_done() -> str:
    """A prepared file of kombel."""
    return _export(state="done", file="unduhan/contoh.csv", total=3200, done=3200)


def export_running() -> str:
    return f"{_export(state='running', total=12000, done=3200)}?diam=1"


def export_failed() -> str:
    return _export(state="failed")


def _export(**more) -> str:
    acting = actor_for(User.objects.get(username="dinas_depok"))
    made = Export.objects.create(
        user=acting.user, membership_id=acting.acting.id, kind="komunitas", filename="komunitas-20261122.csv", **more
    )
    return f"/unduhan/{made.pk}/"


def list_of_schools() -> bytes:
    known = row(NPSN="99000002", Nama_Sekolah="SD CONTOH BEJI BARU", Kecamatan="Beji", Kode_Pos="16A")
    wrong = row(NPSN="99100002", Kecamatan="Kec. Pancoran Emas", Bentuk_Pendidikan="MI")
    return as_csv([row(), known, wrong, row(NPSN="99100003", Bentuk_Pendidikan="SMA")])


def _imported(content: bytes, *, confirm: bool) -> str:
    """Bring a list in as the Dinas' officer, without the worker."""
    actor = actor_for(User.objects.get(username="dinas_depok"))
    acting = actor.acting
    found = SchoolImport.objects.create(
        path=acting.path, organisation_id=acting.organisation_id, user=actor.user, filename="sekolah contoh depok.csv"
    )
    with TemporaryDirectory() as folder:
        source = Path(folder) / "sekolah.csv"
        source.write_bytes(content)
        check_import(scope=actor.scope, pk=found.pk, source=source)
    if confirm:
        SchoolImport.objects.filter(pk=found.pk).update(state="importing")
        apply_import(scope=actor.scope, pk=found.pk)
    return f"/sekolah/impor/{found.pk}/"
