from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ...models import SchoolImport
from ...services.school_imports import import_file


class Command(BaseCommand):
    help = "Bring in schools from a CSV or XLSX file in Dapodik's form (docs/import-sekolah.md)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check only, write nothing")
        parser.add_argument("--errors", type=Path, metavar="OUT.csv", help="write the refused rows to this file")

    def handle(self, *args, file, dry_run, errors, **options):
        if not file.is_file():
            raise CommandError(_("Berkas tidak ditemukan: %(file)s") % {"file": file})
        found = import_file(source=file, dry_run=dry_run, errors=errors)
        if found.state == SchoolImport.State.FAILED:
            raise CommandError(found.message)
        if errors:
            self.stdout.write(_("Baris yang ditolak ditulis ke %(file)s.") % {"file": errors})
        self.stdout.write(summary(found))


def summary(found: SchoolImport) -> str:
    """The counts in one line; `repeated` rows stand twice in the file with the same content."""
    return _(
        "%(total)s baris: %(new)s baru, %(changed)s diperbarui, %(unchanged)s sama, %(refused)s ditolak, "
        "%(repeated)s berulang."
    ) % {name: getattr(found, name) for name in ("total", "new", "changed", "unchanged", "refused", "repeated")}
