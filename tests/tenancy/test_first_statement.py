"""A scope travels with a statement: whatever that is, it runs inside the wall. What is read alone: test_reading.py."""

from contextlib import suppress

import pytest
from django.db import DataError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from coordination.actors.models import School
from coordination.actors.tenancy import paths
from coordination.actors.tenancy.scope import Scope, because, current, enter, granted, reading

DEPOK = Scope("portal_one", user_id=7, ranges=(paths.area("32.d.76"),))
BOTH = pytest.mark.parametrize("inside", [enter, reading])


def ask(sql: str, params=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()


@pytest.mark.parametrize(
    ("sql", "params"),
    [
        ("SELECT count(*) FROM actors_school WHERE npsn LIKE '990000%'", None),
        ("SELECT count(*) FROM actors_school WHERE npsn LIKE '990000%%'", ()),
        ("SELECT count(*) FROM actors_school WHERE npsn LIKE %s", ["990000%"]),
        ("SELECT count(*) FROM actors_school WHERE npsn LIKE %(start)s || '%%'", {"start": "990000"}),
    ],
    ids=["no parameters", "none given", "in order", "by name"],
)
@BOTH
def test_a_statement_is_inside_however_its_parameters_are_written(cast, inside, sql, params):
    with inside(DEPOK):
        assert ask(sql, params) == (2,)
        assert ask(sql, params) == (2,)


def test_the_first_of_many_rows_is_inside_too(cast):
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic(), enter(DEPOK):
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO actors_reach (membership_id, kind, target, path, source) "
                "SELECT id, 'school', path, '64.d.71.01/x', %s FROM actors_membership LIMIT 1",
                [["a"], ["b"]],
            )


def test_a_savepoint_given_up_at_once_does_not_take_the_scope_along(cast):
    with enter(DEPOK):
        with transaction.atomic():
            transaction.set_rollback(True)
        assert ask("SELECT current_setting('role'), current_setting('app.user')") == ("portal_one", "7")
        assert {one.kabkota_id for one in School.objects.all()} == {"32.76"}


def test_a_reason_given_first_comes_after_the_scope(cast):
    with enter(DEPOK):
        because("salah ketik")
        assert ask("SELECT current_setting('app.reason'), current_setting('role')") == ("salah ketik", "portal_one")


def test_a_reason_outlives_a_savepoint_given_up_after_it(cast):
    with enter(DEPOK):
        because("salah ketik")
        with suppress(DataError), transaction.atomic():
            ask("SELECT 1 / 0")
        with transaction.atomic():
            ask("SELECT 1")
        assert ask("SELECT current_setting('app.reason'), current_setting('role')") == ("salah ketik", "portal_one")


@BOTH
def test_a_grant_asked_for_first_narrows_and_ends(cast, inside):
    with inside(DEPOK):
        with granted([1]):
            assert ask("SELECT current_setting('role')") == ("portal_grant",)
        assert ask("SELECT current_setting('role')") == ("portal_one",)


@BOTH
def test_a_grant_under_which_a_statement_failed_ends_too(cast, inside):
    with inside(DEPOK):
        assert ask("SELECT 1") == (1,)
        with granted([1]):
            with suppress(DataError), transaction.atomic():
                ask("SELECT 1 / 0")
            assert ask("SELECT current_setting('role')") == ("portal_grant",)
        with suppress(DataError), transaction.atomic(), granted([2]):
            ask("SELECT 1 / 0")
        assert ask("SELECT current_setting('role')") == ("portal_one",)


@BOTH
def test_a_statement_that_could_not_be_sent_leaves_the_scope_for_the_next(cast, inside):
    with inside(DEPOK):
        with suppress(ValueError):
            ask("SELECT %s", ["\0"])
        assert ask("SELECT current_setting('role'), current_setting('app.user')") == ("portal_one", "7")


def test_nothing_is_left_of_a_scope_that_asked_nothing(cast):
    with CaptureQueriesContext(connection) as asked, enter(DEPOK):
        pass
    assert not [query["sql"] for query in asked if "app.lo0" in query["sql"]]
    assert current() is None
    assert connection.execute_wrappers == []


def test_the_scope_and_the_first_statement_are_one_message(cast):
    with enter(DEPOK), CaptureQueriesContext(connection) as asked:
        assert School.objects.count() == 2
    (message,) = [query["sql"] for query in asked]
    assert message.startswith("SELECT set_config('role', 'portal_one', true)")
    assert message.endswith('FROM "actors_school"')
