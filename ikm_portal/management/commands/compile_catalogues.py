from django.core.management.base import BaseCommand

from ikm_portal.catalogues import compile_stale, update


class Command(BaseCommand):
    help = "Make the .mo files from newer .po files; with --update bring the English catalogue in step first."

    def add_arguments(self, parser):
        parser.add_argument("--update", action="store_true", help="read all texts from the code first")

    def handle(self, *args, **options):
        if options["update"]:
            new, gone, empty = update("en")
            self.stdout.write(f"en: {new} new, {gone} gone, {empty} without a translation")
        for path in compile_stale():
            self.stdout.write(f"made {path.parent.parent.name}/{path.name}")
