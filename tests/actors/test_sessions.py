"""A session and its person are found by one statement, and end when they should."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coordination.actors.models import Login, User
from coordination.actors.sessions import SessionStore, take_person
from coordination.actors.tasks import clear_old_logins
from tests.cast import PASSWORD, make_person

HOME = "/"


def is_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


@pytest.fixture
def logged_in(cast):
    """A browser that logged in by the form, and the row it has."""
    client = Client()
    client.post("/akun/login/", {"login": "dinas_depok", "password": PASSWORD})
    assert is_in(client)
    return client, Login.objects.get(session_key=client.cookies[settings.SESSION_COOKIE_NAME].value)


def test_logging_in_by_the_form_notes_the_person_beside_the_session(logged_in):
    _client, login = logged_in
    assert login.user.username == "dinas_depok"
    assert login.get_decoded()["_auth_user_id"] == str(login.user_id)


def test_a_request_finds_session_person_and_memberships_with_one_statement_and_without_the_cache(logged_in):
    client, _login = logged_in
    client.get(HOME)
    cache.clear()
    with CaptureQueriesContext(connection) as found:
        client.get(HOME)
    about = [one["sql"] for one in found if "actors_login" in one["sql"] or "portal_memberships" in one["sql"]]
    assert len(about) == 1
    assert "portal_memberships(id)" in about[0]


def test_logging_out_removes_the_row(logged_in):
    client, login = logged_in
    client.post("/akun/logout/")
    assert not Login.objects.filter(pk=login.pk).exists()
    assert not is_in(client)


def test_a_session_ends_with_its_time(logged_in):
    client, login = logged_in
    Login.objects.filter(pk=login.pk).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_in(client)


def test_a_session_ends_with_its_account_and_its_password(logged_in):
    client, login = logged_in
    rows, people = Login.objects.filter(pk=login.pk), User.objects.filter(pk=login.user_id)
    people.update(is_active=False)
    assert not is_in(client)
    people.update(is_active=True)
    assert is_in(client)
    login.user.set_password("kata-sandi-baru-sekali")
    login.user.save()
    assert not is_in(client)
    assert not rows.exists()


def test_a_row_that_names_somebody_else_than_its_signed_content_opens_nothing_of_theirs(logged_in):
    client, login = logged_in
    Login.objects.filter(pk=login.pk).update(user=User.objects.get(username="pusat"))
    assert client.get(HOME).context["user"].username == "dinas_depok"
    Login.objects.filter(pk=login.pk).update(session_data="karangan")
    assert not is_in(client)


@pytest.mark.parametrize("key", ["abcdefgh\0", "x" * 8000, "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", "é" * 32, "pendek"])
def test_a_cookie_that_names_no_session_is_no_session_and_asks_nothing(db, key):
    client = Client()
    with CaptureQueriesContext(connection) as found:
        for address in ("/akun/login/", "/healthz", "/tidak/ada/"):
            client.cookies[settings.SESSION_COOKIE_NAME] = key
            assert client.get(address).status_code in {200, 302, 404, 503}
    assert not [one["sql"] for one in found if "actors_login" in one["sql"]]


def test_a_person_found_with_a_session_is_given_once_and_only_for_their_own_number(logged_in):
    _client, login = logged_in
    for number, expected in ((login.user_id, login.user), (login.user_id + 1, None)):
        SessionStore(login.pk).load()
        assert take_person(number) == expected
        assert take_person(number) is None
    SessionStore(login.pk).load()
    SessionStore("tidakadatidakadatidakadatidakada").load()
    assert take_person(login.user_id) is None


def test_the_days_cleaning_removes_what_has_run_out_and_nothing_else(logged_in):
    _client, login = logged_in
    old = SessionStore()
    old.set_expiry(-60)
    old["apa"] = "saja"
    old.save()
    visitor = SessionStore()
    visitor["bahasa"] = "en"
    visitor.save()
    clear_old_logins()
    assert set(Login.objects.values_list("pk", flat=True)) >= {login.pk, visitor.session_key}
    assert not Login.objects.filter(pk=old.session_key).exists()


def test_removing_a_person_ends_their_sessions(db):
    person = make_person("sebentar")
    client = Client()
    client.force_login(person)
    assert Login.objects.filter(user=person).count() == 1
    person.delete()
    assert not Login.objects.filter(pk=client.cookies[settings.SESSION_COOKIE_NAME].value).exists()
