"""Two countings at the same moment, while plans are being written: nothing is lost or counted twice."""

import pytest
from django.db import connection, connections, transaction

from coordination.actors.actor import system
from coordination.actors.models import User
from kinerja.models import Plan, Tally, TallyChange
from kinerja.services import tallies
from tests.cast import Cast
from tests.reflection.test_at_once import at_once

from .test_counts import plan_of, put

ROUNDS = 6


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """The cast on a database where everything is committed; swept and counted anew afterwards."""
    with django_db_blocker.unblock():
        try:
            yield Cast()
        finally:
            with connection.cursor() as cursor:
                cursor.execute("TRUNCATE kinerja_plan, kinerja_tally, kinerja_tallychange, kinerja_tallyrun CASCADE")
                cursor.execute("SELECT kinerja_recount()")
            User.objects.filter(username__startswith="serentak_").delete()
            connections.close_all()


def write(first: int) -> None:
    """New plans and changes of them, each in a transaction of its own, some of them taken back."""
    for number in range(first, first + ROUNDS):
        name = f"serentak_{number}"
        with transaction.atomic():
            User.objects.create(username=name, email=f"{name}@contoh.id", name=name)
            plan_of(name, "99000001", "diajukan")
        with transaction.atomic():
            put(Plan.objects.filter(owner__username=name), "disetujui" if number % 2 else "final")
            if number % 3 == 0:
                transaction.set_rollback(True)


def fold() -> int:
    folded = 0
    for _round in range(ROUNDS):
        with system():
            folded += tallies.fold()
    return folded


def test_two_foldings_at_once_and_two_writers_leave_the_right_counts(committed):
    at_once(fold, fold, lambda: write(0), lambda: write(100))
    with system():
        tallies.fold()
        assert tallies.drift() == 0
    assert not TallyChange.objects.exists()
    assert Tally.objects.filter(path="id", dimension="plan").values_list("count", flat=True).get() == 2 * ROUNDS


def test_a_recount_beside_writers_and_a_folding_leaves_the_right_counts(committed):
    def recount() -> None:
        for _round in range(2):
            with system():
                tallies.recount()

    at_once(recount, fold, lambda: write(200))
    with system():
        tallies.fold()
        assert tallies.drift() == 0
