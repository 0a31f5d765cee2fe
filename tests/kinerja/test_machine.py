"""Whatever anybody tries, in whatever order: no state outside the table, no version lost, no total out of bounds."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from kinerja.models import Plan, PlanEvent, PlanVersion, Section, SectionCode
from kinerja.rules.content import quantities
from kinerja.rules.points import points_of
from kinerja.services.decisions import amend_plan, approve_plan, keep_plan, return_plan
from kinerja.services.plans import submit_plan, withdraw_plan, write_section

from .machines import ANYBODY, DECIDER, PlanMachine, run_machine, which
from .plans import drafted

pytestmark = pytest.mark.usefixtures("in_november")

people = st.one_of(st.none(), st.none(), st.none(), st.sampled_from(ANYBODY))
"""Mostly whoever may (None), now and then anybody."""
amounts = st.dictionaries(st.sampled_from(["1", "2", "3", "5", "6", "11"]), st.integers(0, 12), max_size=3)
words = st.sampled_from(["", "Cuti melahirkan."])


class Machine(PlanMachine):
    """Two plans, a teacher's and a principal's, and everybody who might try something with them."""

    def __init__(self) -> None:
        super().__init__()
        self.plans = {owner: drafted(self.cast, owner) for owner in DECIDER}
        self.sent: dict[tuple[int, int], dict] = {}

    @rule(owner=which, who=people, items=amounts, reason=words)
    def writes(self, owner, who, items, reason):
        plan = self.plans[owner]
        content = {"items": items, "under_reason": reason}
        version = Section.objects.get(plan=plan, code="kompetensi").version
        write = {"plan": plan, "code": "kompetensi", "content": content, "version": version}
        self.attempt(who or owner, lambda actor: write_section(actor=actor, **write))

    @rule(owner=which, who=people)
    def submits(self, owner, who):
        self.attempt(who or owner, lambda actor: submit_plan(actor=actor, plan=self.plans[owner]))

    @rule(owner=which, who=people)
    def withdraws(self, owner, who):
        self.attempt(who or owner, lambda actor: withdraw_plan(actor=actor, plan=self.plans[owner]))

    @rule(owner=which, who=people, back=st.integers(-1, 1), accept=st.booleans())
    def approves(self, owner, who, back, accept):
        plan = self.plans[owner]
        number = self.now(owner).version + min(back, 0)
        self.attempt(
            who or DECIDER[owner],
            lambda actor: approve_plan(actor=actor, plan=plan, number=number, accept_under=accept),
        )

    @rule(owner=which, who=people, codes=st.sets(st.sampled_from(SectionCode.values), max_size=2))
    def returns(self, owner, who, codes):
        plan, number = self.plans[owner], self.now(owner).version
        notes = dict.fromkeys(codes, "Perbaiki bagian ini.")
        self.attempt(
            who or DECIDER[owner], lambda actor: return_plan(actor=actor, plan=plan, number=number, notes=notes)
        )

    @rule(owner=which, who=people, reason=words)
    def amends(self, owner, who, reason):
        self.attempt(who or owner, lambda actor: amend_plan(actor=actor, plan=self.plans[owner], reason=reason))

    @rule(owner=which, who=people)
    def keeps(self, owner, who):
        self.attempt(who or owner, lambda actor: keep_plan(actor=actor, plan=self.plans[owner]))

    def now(self, owner: str) -> Plan:
        return Plan.objects.get(pk=self.plans[owner].pk)

    @invariant()
    def its_story_follows_the_table(self):
        for owner in DECIDER:
            plan, state = self.now(owner), Plan.State.DRAF
            for event in PlanEvent.objects.filter(plan=plan).exclude(verb="begin").select_related("by"):
                change = Plan.TRANSITIONS[event.verb]
                assert state in change.sources
                assert event.reason or not change.needs_reason
                state = change.target
                decided = event.verb in {"approve", "return"}
                assert event.by.username == (DECIDER[owner] if decided else owner)
            assert plan.state == state

    @invariant()
    def no_version_is_lost_or_changed(self):
        for owner in DECIDER:
            plan = self.now(owner)
            versions = list(PlanVersion.objects.filter(plan=plan))
            assert [one.number for one in versions] == [*range(1, plan.version + 1)]
            for one in versions:
                assert self.sent.setdefault((plan.pk, one.number), one.content) == one.content
            decided = PlanEvent.objects.filter(plan=plan, verb__in=["approve", "return"])
            numbers = [one.number for one in decided]
            assert len(numbers) == len(set(numbers))
            assert plan.approved == max((one.number for one in decided if one.verb == "approve"), default=0)

    @invariant()
    def what_was_sent_keeps_to_the_points(self):
        for version in PlanVersion.objects.filter(plan__in=self.plans.values()).select_related("plan"):
            content = version.content["kompetensi"]
            assert version.points == points_of(version.plan.rules, quantities(content)) <= 128
            assert version.points >= 32 or content["under_reason"]


def test_no_sequence_of_actions_breaks_a_plan(cast):
    run_machine(Machine, cast, examples=15)
