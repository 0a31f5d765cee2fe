"""The e-mail address of an account says who a person is: invitations and reports are shared by it."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from coordination.actors.models import User
from tests.cast import PASSWORD

ADDRESSES = "/akun/email/"


@pytest.fixture
def guru(cast) -> Client:
    """The teacher, logged in with the password, as the page of addresses asks."""
    client = Client()
    client.post("/akun/login/", {"login": "guru", "password": PASSWORD})
    return client


def address() -> str:
    return User.objects.get(username="guru").email


def test_an_address_nobody_has_proved_does_not_become_the_accounts(guru):
    guru.post(ADDRESSES, {"action_add": "1", "email": "narasumber@upt.contoh.id"})
    answer = guru.post(ADDRESSES, {"action_primary": "1", "email": "narasumber@upt.contoh.id"}, follow=True)
    assert answer.status_code == 200
    assert EmailAddress.objects.filter(email="narasumber@upt.contoh.id", verified=False).exists()
    assert address() == "guru@contoh.id"


def test_an_address_becomes_the_accounts_after_its_link_was_opened(guru):
    guru.post(ADDRESSES, {"action_add": "1", "email": "baru@contoh.id"})
    link = re.search(r"https?://[^/]+(/akun/confirm-email/\S+)", mail.outbox[-1].body).group(1)
    guru.post(link)
    guru.post(ADDRESSES, {"action_primary": "1", "email": "baru@contoh.id"})
    assert address() == "baru@contoh.id"


def test_the_last_address_cannot_be_taken_off(guru):
    guru.get(ADDRESSES)
    guru.post(ADDRESSES, {"action_remove": "1", "email": "guru@contoh.id"})
    assert address() == "guru@contoh.id"
