"""What the state machines share: people who may try anything, and a database that is as it was after each run."""

from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from coordination.actors.errors import Refusal
from kinerja.models import Plan

ANYBODY = ("guru", "kepsek", "kepsek_smk", "dinas_depok", "dinas_balikpapan", "admin", "upt_jabar", "operator")
REFUSED = (Refusal, PermissionDenied, ProgrammingError, Plan.DoesNotExist)
"""How a service says no: a rule, a right, or the wall itself."""
DECIDER = {"guru": "kepsek", "kepsek": "dinas_depok"}

which = st.sampled_from(["guru", "kepsek"])
"""Whose plan it is about."""


class PlanMachine(RuleBasedStateMachine):
    """A run over plans of the cast; everything it did is undone at its end."""

    cast = None

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
        transaction.set_rollback(False)

    def attempt(self, name: str, work) -> None:
        try:
            with self.cast.actor(name).entered() as actor:
                work(actor)
        except REFUSED:
            pass


def run_machine(machine: type[PlanMachine], cast, *, examples: int) -> None:
    """Let a machine run so many times, with the same steps on every machine."""
    quick = settings(
        max_examples=examples,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(type(machine.__name__, (machine,), {"cast": cast}), settings=quick)
