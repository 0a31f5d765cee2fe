from django.core.management.base import BaseCommand
from django.utils import timezone

from ...services.packs import load_packs, prepare_periods


class Command(BaseCommand):
    help = "Bring in the shipped rule packs of Kinerja and prepare its periods; safe to run again."

    def handle(self, *args, **options):
        packs = load_packs()
        periods = prepare_periods(timezone.localdate())
        self.stdout.write(f"{packs} paket aturan baru, {periods} periode baru.")
