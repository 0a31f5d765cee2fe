"""Two hundred submits and decisions on the same plans at once, each in a real transaction of its own."""

from collections import Counter
from collections.abc import Callable
from random import Random
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from coordination.actors.errors import Refusal
from kinerja.models import Plan, PlanEvent, PlanItem, PlanVersion
from kinerja.services.decisions import approve_plan, return_plan
from kinerja.services.plans import submit_plan
from tests.cast import Cast

from .plans import NEXT, NOW, drafted

pytestmark = pytest.mark.usefixtures("in_november")
LEFT_BEHIND = "kinerja_plan, kinerja_tallychange, notices_notice, actors_once"
PEOPLE = [
    ("guru", "kepsek", NOW),
    ("guru", "kepsek", NEXT),
    ("kepsek", "dinas_depok", NOW),
    ("kepsek_smk", "dinas_jabar", NOW),
    ("kepsek_balikpapan", "dinas_balikpapan", NOW),
]
"""Owner, decider and period of each plan."""
EACH = 20
THREADS = 10


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
def plans(committed) -> list[tuple[Plan, str, str]]:
    return [(drafted(committed, owner, code), owner, decider) for owner, decider, code in PEOPLE]


def at_once(works: list[Callable[[], object]]) -> Counter:
    """Run all in a few threads with a connection each, released together; counts what was done and refused."""
    gate, counts = Barrier(THREADS), Counter()

    def run(own: list[Callable[[], object]]) -> None:
        gate.wait(30)
        try:
            for work in own:
                try:
                    work()
                except Refusal:
                    counts["refused"] += 1
                else:
                    counts["done"] += 1
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[works[number::THREADS]]) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return counts


def submit(cast: Cast, plan: Plan, owner: str) -> Callable[[], object]:
    def work() -> None:
        with cast.actor(owner).entered() as actor:
            submit_plan(actor=actor, plan=plan)

    return work


def decide(cast: Cast, plan: Plan, decider: str, *, approve: bool, number: int = 1) -> Callable[[], object]:
    def work() -> None:
        with cast.actor(decider).entered() as actor:
            if approve:
                approve_plan(actor=actor, plan=plan, number=number)
            else:
                return_plan(actor=actor, plan=plan, number=number, notes={"praktik": "Pilih yang merah."})

    return work


def test_a_hundred_submits_and_a_hundred_decisions_leave_one_of_each_for_each_plan(committed, plans):
    sent = at_once([submit(committed, plan, owner) for _time in range(EACH) for plan, owner, _decider in plans])
    assert sent == {"done": len(plans), "refused": len(plans) * (EACH - 1)}
    decided = at_once(
        [
            decide(committed, plan, decider, approve=time % 2 == 0)
            for time in range(EACH)
            for plan, _owner, decider in plans
        ]
    )
    assert decided == {"done": len(plans), "refused": len(plans) * (EACH - 1)}
    for plan, _owner, _decider in plans:
        assert [one.number for one in PlanVersion.objects.filter(plan=plan)] == [1]
        verbs = Counter(PlanEvent.objects.filter(plan=plan).values_list("verb", flat=True))
        assert (verbs["submit"], verbs["approve"] + verbs["return"]) == (1, 1)
        plan.refresh_from_db()
        assert (plan.state == Plan.State.DISETUJUI) == bool(verbs["approve"])
        assert PlanItem.objects.filter(plan=plan).count() == (3 if verbs["approve"] else 0)


def test_two_hundred_in_any_order_leave_one_submit_a_version_and_at_most_one_decision_of_each(committed, plans):
    works = [submit(committed, plan, owner) for _time in range(EACH) for plan, owner, _decider in plans]
    works += [
        decide(committed, plan, decider, approve=time % 5 == 4, number=1 + time % 3)
        for time in range(EACH)
        for plan, _owner, decider in plans
    ]
    Random(7).shuffle(works)
    counts = at_once(works)
    assert sum(counts.values()) == len(works) == 200
    for plan, _owner, _decider in plans:
        plan.refresh_from_db()
        events = PlanEvent.objects.filter(plan=plan)
        assert list(events.filter(verb="submit").values_list("number", flat=True)) == [*range(1, plan.version + 1)]
        assert [one.number for one in PlanVersion.objects.filter(plan=plan)] == [*range(1, plan.version + 1)]
        decided = list(events.filter(verb__in=["approve", "return"]).values_list("number", flat=True))
        assert len(decided) == len(set(decided))
        assert set(decided) <= set(range(1, plan.version + 1))
        # Between two submits there was a decision that reopened the plan.
        assert set(range(1, plan.version)) <= set(decided)


def test_the_same_person_submits_twice_and_the_second_time_is_refused(cast):
    plan = drafted(cast)
    submit(cast, plan, "guru")()
    with pytest.raises(Refusal):
        submit(cast, plan, "guru")()
