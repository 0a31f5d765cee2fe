from django.core.management.base import BaseCommand

from coordination.actors.actor import system

from ...services.tallies import drift, recount


class Command(BaseCommand):
    help = "Count all plans and schools anew and say how many counts had differed; plans wait meanwhile."

    def handle(self, *args, **options):
        with system():
            differing = drift()
            counted = recount()
        self.stdout.write(f"{counted} hitungan dibuat ulang; {differing} sebelumnya berbeda.")
