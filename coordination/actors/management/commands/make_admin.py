import getpass
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from ...models import Organisation, Role, User
from ...services.memberships import new_membership


class Command(BaseCommand):
    help = "Make the first admin of a new portal: a person with the role of Pusat's admin."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name", help="full name")
        parser.add_argument("--office", default="gtk", help="code of the Pusat office (default: gtk)")

    def handle(self, *args, email, name, office, **options):
        place = Organisation.objects.filter(code=office, kind=Organisation.Kind.PUSAT).first()
        if place is None:
            raise CommandError(f"Tidak ada kantor Pusat berkode {office}; muat dulu daftar kantor (load_wilayah).")
        if User.objects.filter(email__iexact=email).exists():
            raise CommandError(f"{email} sudah punya akun; beri perannya lewat portal.")
        user = User(username=email, email=email, name=name)
        password = getpass.getpass("Kata sandi: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user.set_password(password)
        with transaction.atomic():
            user.save()
            membership = new_membership(user=user, role=Role.PUSAT_ADMIN, place=place, starts=timezone.localdate())
            membership.save()
        self.stdout.write(f"{email} adalah admin portal.")
