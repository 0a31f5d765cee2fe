"""Two people at the same moment, each in a real transaction of their own."""

from collections.abc import Callable
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.urls import reverse

from reflection.models import Kind, Report, ReportVersion
from reflection.models.reports import RANKS
from reflection.selectors.drafts import draft_of
from reflection.services.grants import add_collaborator
from reflection.services.submission import fingerprint
from tests.cast import Cast

from .reports import fill, make_cycles, obligation, start

pytestmark = pytest.mark.usefixtures("in_november")
LEFT_BEHIND = (
    "reflection_cycle, reflection_pendinggrant, guardian_userobjectpermission, notices_notice, "
    "actors_once, actors_change"
)


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """The cast on a database where everything is committed; swept afterwards."""
    with django_db_blocker.unblock():
        try:
            yield Cast()
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f"TRUNCATE {LEFT_BEHIND} CASCADE")
            connections.close_all()


@pytest.fixture
def ready(committed) -> Report:
    """A full report with a second writer."""
    make_cycles()
    report = start(committed)
    with committed.actor("upt_jabar").entered() as actor:
        add_collaborator(actor=actor, report=report, email="upt_jabar_staff@contoh.id")
    fill(committed, report)
    return report


def at_once(*works: Callable) -> list:
    """Run each in a thread with a connection of its own, released together; returns their results in order."""
    gate = Barrier(len(works))
    found: list = [None] * len(works)

    def run(number: int) -> None:
        gate.wait(10)
        try:
            found[number] = works[number]()
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[number]) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def test_a_double_click_sends_exactly_one_version(committed, ready):
    data = {"token": str(uuid4()), "seen": fingerprint(draft_of(ready))}
    address = reverse("reflection:report_check", args=[ready.pk])
    client = committed.upt_jabar
    answers = at_once(*[lambda: client.post(address, data)] * 4)
    assert {answer.url for answer in answers} == {reverse("reflection:report_receipt", args=[ready.pk])}
    assert ReportVersion.objects.filter(report=ready).count() == 1


def test_two_people_who_send_at_once_send_exactly_one_version(committed, ready):
    seen = fingerprint(draft_of(ready))
    address = reverse("reflection:report_check", args=[ready.pk])
    clients = [committed.upt_jabar, committed.upt_jabar_staff]
    answers = at_once(
        *[lambda client=client: client.post(address, {"token": str(uuid4()), "seen": seen}) for client in clients]
    )
    assert sorted(answer.status_code for answer in answers) == [302, 400]
    assert ReportVersion.objects.filter(report=ready).count() == 1


def test_two_people_who_save_one_component_at_once_are_told(committed, ready):
    component = ready.components.get(kind=Kind.RTL)
    address = reverse("reflection:component", args=[ready.pk, "rtl"])

    def save(client, word):
        texts = {f"text_{rank}": f"{word} {rank}" for rank in RANKS}
        return client.post(address, {"version": component.version, "aksi": "simpan", "reason_fewer": "", **texts})

    clients = {"satu": committed.upt_jabar, "dua": committed.upt_jabar_staff}
    answers = at_once(*[lambda word=word, client=client: save(client, word) for word, client in clients.items()])
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    loser = next(answer for answer in answers if answer.status_code == 409)
    assert "satu 1" in loser.text
    assert "dua 1" in loser.text
    component.refresh_from_db()
    assert component.version == 3


def test_two_people_who_begin_at_once_begin_one_report(committed):
    make_cycles()
    address = reverse("reflection:report_start", args=[obligation().pk])
    clients = [committed.upt_jabar, committed.upt_jabar_head]
    answers = at_once(*[lambda client=client: client.post(address) for client in clients])
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Report.objects.count() == 1
