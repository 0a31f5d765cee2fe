import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ikm_portal.demo import load


class Command(BaseCommand):
    help = "Load the demo's people, example schools and work; only where IKM_DEMO is set, safe to run again."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("IKM_DEMO is not set: demo logins are never made on a real portal.")
        for line in load(password=os.environ.get("IKM_DEMO_PASSWORD", "merdeka-belajar")):
            self.stdout.write(line)
