"""Logging in: by the portal's own page, with a second step for those who administer an office."""

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client

from coordination.actors.models import User
from tests.cast import PASSWORD, make_person


@pytest.fixture
def strict(settings):
    settings.MFA_REQUIRED = True
    return settings


@pytest.mark.parametrize("login", ["guru", "guru@contoh.id"])
def test_one_logs_in_by_name_or_by_mail(cast, login):
    client = Client()
    answer = client.post("/akun/login/", {"login": login, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


def test_a_wrong_password_says_so_and_keeps_the_name(cast):
    page = Client().post("/akun/login/", {"login": "guru", "password": "salah"})
    assert page.status_code == 200
    assert 'value="guru"' in page.content.decode()


def test_guessing_passwords_is_slowed_down(cast, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/ip"}
    cache.clear()
    client = Client()
    for _guess in range(4):
        client.post("/akun/login/", {"login": "guru", "password": "salah"})
    page = client.post("/akun/login/", {"login": "guru", "password": PASSWORD})
    assert page.status_code != 302
    cache.clear()


def test_nobody_signs_up_alone(db):
    page = Client().post(
        "/akun/signup/", {"email": "x@contoh.id", "password1": "belajar 123 x", "password2": "belajar 123 x"}
    )
    assert page.status_code == 200
    assert not User.objects.filter(email="x@contoh.id").exists()


def test_an_administrator_without_a_second_step_is_sent_to_set_it_up(cast, strict):
    answer = cast.upt_jabar.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/akun/2fa/")
    assert cast.upt_jabar.get("/akun/2fa/").status_code in (200, 302)
    assert cast.upt_jabar.get("/api/v1/saya/").status_code == 403


def test_with_a_second_step_the_administrator_works(cast, strict):
    TOTP.activate(User.objects.get(username="upt_jabar"), generate_totp_secret())
    assert cast.upt_jabar.get("/").status_code == 200


def test_a_new_administrator_sets_the_second_step_up_and_is_asked_for_it_from_then_on(db, strict):
    make_person("kepala", "upt_head", "bbpmp_jabar")
    client = Client()
    client.post("/akun/login/", {"login": "kepala", "password": PASSWORD})
    asked = client.get("/akun/2fa/totp/activate/")
    page = client.post(asked["Location"], {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    codes = client.post("/akun/2fa/totp/activate/", {"code": code}, follow=True)
    assert codes.redirect_chain[-1] == ("/akun/2fa/recovery-codes/", 302)
    assert "Kode pemulihan" in codes.text
    assert client.get("/").status_code == 200
    again = Client().post("/akun/login/", {"login": "kepala", "password": PASSWORD})
    assert again["Location"] == "/akun/2fa/authenticate/"


def test_a_teacher_needs_no_second_step(cast, strict):
    assert cast.guru.get("/").status_code == 200


def test_a_role_page_asks_a_visitor_to_log_in_and_brings_them_back(db):
    answer = Client().get("/anggota/")
    assert answer["Location"] == "/akun/login/?next=/anggota/"
