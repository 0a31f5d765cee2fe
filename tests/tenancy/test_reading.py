"""What is read has no transaction: each statement brings its scope along, and PostgreSQL refuses any change."""

import re
from contextlib import suppress
from threading import Thread

import pytest
from allauth.account.models import EmailAddress
from django.db import DatabaseError, InternalError, connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import path

from coordination.actors.models import School
from coordination.actors.tenancy import paths
from coordination.actors.tenancy.scope import NOBODY, Scope, ScopeError, current, enter, granted, reading
from tests.cast import make_person

DEPOK = Scope("portal_one", user_id=7, ranges=(paths.area("32.d.76"),))
SETTINGS = "SELECT current_setting('role'), current_setting('app.user', true), current_setting('transaction_read_only')"


def ask(sql: str, params=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()


@pytest.fixture
def elsewhere(db):
    """Runs something on a connection of its own, outside of the test's transaction: as a server does."""

    def run(act):
        found = []

        def inside():
            try:
                found.append(act())
            except BaseException as error:  # noqa: BLE001 - handed to the test
                found.append(error)
            finally:
                connection.close()

        thread = Thread(target=inside)
        thread.start()
        thread.join()
        return found[0]

    return run


def test_every_statement_brings_its_scope_and_there_is_no_transaction(elsewhere):
    def act():
        before = ask(SETTINGS)
        with CaptureQueriesContext(connection) as captured, reading(DEPOK):
            answers = [ask(SETTINGS), ask(SETTINGS)]
            between = connection.connection.info.transaction_status
        return answers, between, [one["sql"] for one in captured], before, ask(SETTINGS)

    answers, between, sent, before, afterwards = elsewhere(act)
    assert answers == [("portal_one", "7", "on")] * 2
    assert between == 0  # idle
    assert len(sent) == 2
    assert all(sql.startswith("SELECT set_config('role', 'portal_one', true)") for sql in sent)
    assert afterwards == (before[0], "", "off")


def test_a_transaction_opened_while_reading_stays_inside_and_changes_nothing_either(elsewhere):
    def act():
        with reading(DEPOK), transaction.atomic():
            with suppress(DatabaseError), transaction.atomic():
                ask("SELECT 1/0")
            inside = ask(SETTINGS)
            with transaction.atomic():
                ask("UPDATE actors_wilayah SET name = 'x' RETURNING 1")
        return inside

    assert "read-only transaction" in str(elsewhere(act))


@pytest.mark.parametrize("sql", ["UPDATE actors_school SET name = 'x'", "SELECT 1 FROM actors_school FOR UPDATE"])
def test_a_change_is_refused_by_the_database(cast, elsewhere, sql):
    def act():
        with reading(Scope("portal_nat")):
            ask(sql)

    assert "read-only transaction" in str(elsewhere(act))
    with pytest.raises(InternalError, match="read-only transaction"):
        act()


def test_a_grant_narrows_and_ends(cast, elsewhere):
    def act():
        with reading(DEPOK):
            with granted([1]):
                inside = ask(SETTINGS)
            return inside[0], ask(SETTINGS)[0]

    assert elsewhere(act) == ("portal_grant", "portal_one")
    assert act() == ("portal_grant", "portal_one")


def test_no_scope_opens_inside_another(cast):
    with reading(DEPOK), pytest.raises(ScopeError), enter(NOBODY):
        pass
    with enter(DEPOK), pytest.raises(ScopeError), reading(NOBODY):
        pass
    assert current() is None
    assert connection.execute_wrappers == []


def test_nothing_is_left_in_a_transaction_around_it(cast):
    before = ask(SETTINGS)
    with reading(DEPOK):
        assert School.objects.count() == 2
    assert ask(SETTINGS) == before


# Through HTTP


def rename(request):
    School.objects.filter(npsn="99000001").update(name="Diubah saat dibaca")
    return HttpResponse("ya")


urlpatterns = [path("ubah/", rename)]


def test_a_page_that_is_read_cannot_change_what_the_same_person_may_change(cast, settings):
    settings.ROOT_URLCONF = "tests.tenancy.test_reading"
    cast.dinas_depok.raise_request_exception = False
    for method in ("get", "head", "options"):
        assert getattr(cast.dinas_depok, method)("/ubah/").status_code == 500
    assert not School.objects.filter(name="Diubah saat dibaca").exists()
    assert cast.dinas_depok.post("/ubah/").status_code == 200
    assert School.objects.get(npsn="99000001").name == "Diubah saat dibaca"


def test_an_account_without_a_noted_address_opens_the_page_that_notes_it(cast, settings):
    cast.upt_jabar.force_login(make_person("baru", "upt_staff", "bbpmp_jabar"))
    cast.upt_jabar.raise_request_exception = False
    assert cast.upt_jabar.get("/akun/email/").status_code == 200
    assert EmailAddress.objects.filter(email="baru@contoh.id").delete()[0] == 1
    # That is what it stands in the settings for.
    settings.CHANGING_PATHS = re.compile("/laporan/$")
    assert cast.upt_jabar.get("/akun/email/").status_code == 500
