"""Addresses of prepared files, in coordination/actors."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from coordination.actors.models import Export, Membership

from . import EVERYONE, Ref, Row
from .notices import READERS
from .world import Site

ASKERS = " ".join(READERS.values())

ROWS = [
    Row("exports", may=EVERYONE),
    Row("export", url={"pk": Ref("export")}, may=ASKERS),
    Row("export_file", url={"pk": Ref("export")}, may=ASKERS),
]


def build(at: Site) -> None:
    """One prepared file for one person of the place."""
    asker = READERS[at.name]
    user = at.person(asker)
    name = at.canary("unduhan", only=asker)
    export = Export.objects.create(
        user=user,
        membership_id=Membership.objects.get(user=user).pk,
        kind="komunitas",
        filename=f"{name}.csv",
        file=default_storage.save("unduhan/contoh.csv", ContentFile(name.encode())),
        state="done",
        total=1,
        done=1,
    )
    at.give("export", export, only=asker)
