import os

from django.core.management.base import BaseCommand
from django.db import connection

from coordination.actors.tenancy.roles import provision


class Command(BaseCommand):
    help = "Makes the database roles of the tenancy wall; run as a superuser, safe to run again."

    requires_system_checks = []

    def handle(self, *args, **options):
        passwords = {
            "portal_login": os.environ.get("IKM_LOGIN_PASSWORD", ""),
            "portal_worker": os.environ.get("IKM_WORKER_PASSWORD", ""),
        }
        with connection.cursor() as cursor:
            provision(cursor, passwords=passwords)
            cursor.execute("SELECT current_database()")
            name = cursor.fetchone()[0]
            quoted = connection.ops.quote_name(name)
            cursor.execute(f"ALTER DATABASE {quoted} OWNER TO portal_own")
            cursor.execute("ALTER SCHEMA public OWNER TO portal_own")
        self.stdout.write("Peran basis data siap.")
