"""The first admin of a server, made from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from coordination.actors.actor import actor_for
from coordination.actors.models import Role, User


def make_admin(monkeypatch, password, *arguments):
    monkeypatch.setattr("sys.stdin", StringIO(password + "\n"))
    call_command("make_admin", *arguments, stdout=StringIO())


def test_the_first_admin_can_log_in_and_acts_for_pusat(cast, client, monkeypatch):
    make_admin(monkeypatch, "sandi-panjang-sekali", "ibu@contoh.go.id", "Ibu Pertama")
    assert client.login(username="ibu@contoh.go.id", password="sandi-panjang-sekali")
    actor = actor_for(User.objects.get(email="ibu@contoh.go.id"))
    assert actor.role == Role.PUSAT_ADMIN
    assert actor.scope.role == "portal_nat"


def test_a_weak_password_or_a_known_address_makes_nobody(cast, monkeypatch):
    with pytest.raises(CommandError):
        make_admin(monkeypatch, "12345", "ibu@contoh.go.id", "Ibu Pertama")
    assert not User.objects.filter(email="ibu@contoh.go.id").exists()
    make_admin(monkeypatch, "sandi-panjang-sekali", "ibu@contoh.go.id", "Ibu Pertama")
    with pytest.raises(CommandError, match="sudah punya akun"):
        make_admin(monkeypatch, "sandi-panjang-sekali", "IBU@contoh.go.id", "Ibu Kedua")


def test_an_office_that_is_not_pusats_is_refused(cast, monkeypatch):
    with pytest.raises(CommandError, match="Tidak ada kantor Pusat"):
        make_admin(monkeypatch, "sandi-panjang-sekali", "ibu@contoh.go.id", "Ibu", "--office", "bbgp_jabar")
