from django.core.management.base import BaseCommand

from ...services.wilayah import load_offices, load_regions


class Command(BaseCommand):
    help = "Load the shipped regions (Wilayah) and offices; safe to run again, edited offices are kept."

    def handle(self, *args, **options):
        count = load_regions()
        made = load_offices()
        self.stdout.write(f"{count} wilayah dimuat, {made} kantor baru dibuat.")
