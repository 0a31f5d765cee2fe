"""Whatever anybody tries with plans that were carried out: rated once, objected to once and in time, final for good."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from coordination.actors.actor import Acting, system
from coordination.actors.models import Membership, Role, School, User
from coordination.actors.services.memberships import new_membership
from kinerja.models import Assessment, Level, Plan, PlanEvent, PlanVersion, Rating, Section
from kinerja.rules.credit import months_between
from kinerja.services.assessments import (
    Given,
    answer_objection,
    finish_overdue,
    finish_plan,
    object_to_rating,
    rate_plan,
    respond,
    save_rating_draft,
)
from kinerja.services.decisions import amend_plan, approve_plan, keep_plan
from kinerja.services.moves import settle_moves
from kinerja.services.plans import submit_plan

from .machines import ANYBODY, DECIDER, PlanMachine, run_machine, which
from .rating import RATED_ON, codes_of, marks, ready

pytestmark = pytest.mark.usefixtures("in_november")
LEFT, ARRIVED = date(2026, 10, 31), date(2026, 11, 1)
MOVES = {"guru": (Role.GURU, "99000002"), "kepsek": (Role.KEPSEK, "99000002")}
BESIDE = ("begin", "split", "arrive", "respond")
"""Events that change no state."""
BY_OWNER = ("submit", "withdraw", "amend", "object")

words = st.sampled_from(["Kurang tepat.", "Sudah empat kali.", ""])
levels = st.sampled_from(Level.values)
ratings = st.tuples(levels, levels, levels, st.sampled_from([True, True, True, False]))
"""Hasil, perilaku, the level of everything rated, and whether everything is rated."""
kinds = st.sampled_from(["acts"] * 9 + ["days pass", "the portal finishes", "leaves", "drafts", "responds"])
likely = st.sampled_from([True, True, True, False])
"""Mostly something the plan's state allows."""
people = st.one_of(*[st.none()] * 5, st.sampled_from(ANYBODY))
"""Mostly whoever may (None), now and then anybody."""


def rating_of(plan: Plan, given: tuple) -> Given:
    hasil, perilaku, level, whole = given
    return Given(marks(plan, level) if whole else {}, hasil, perilaku)


def version_of(plan: Plan) -> int:
    return Assessment.objects.filter(plan=plan).values_list("version", flat=True).first() or 0


def draft(actor, plan: Plan, given: Given) -> None:
    save_rating_draft(actor=actor, plan=plan, given=given, version=version_of(plan))


ACTIONS = {
    "rate": (lambda a, plan, given, said: rate_plan(actor=a, plan=plan, given=given, version=version_of(plan)), False),
    "object": (lambda a, plan, given, said: object_to_rating(actor=a, plan=plan, reason=said), True),
    "answer": (
        lambda a, plan, given, said: answer_objection(
            actor=a, plan=plan, answer=said, given=given if given.hasil != Level.BAWAH else None
        ),
        False,
    ),
    "finish": (lambda a, plan, given, said: finish_plan(actor=a, plan=plan), True),
    "amend": (lambda a, plan, given, said: amend_plan(actor=a, plan=plan, reason=said), True),
    "keep": (lambda a, plan, given, said: keep_plan(actor=a, plan=plan), True),
    "submit": (lambda a, plan, given, said: submit_plan(actor=a, plan=plan), True),
    "approve": (
        lambda a, plan, given, said: approve_plan(actor=a, plan=plan, number=plan.version, accept_under=True),
        False,
    ),
}
"""What can be tried with a plan, by its transition, and whether it is the owner's to do."""


class RatingMachine(PlanMachine):
    """A teacher's and a principal's plan, a clock that runs on, and people who leave their school."""

    def __init__(self) -> None:
        super().__init__()
        self.day = RATED_ON
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(Acting, "today", lambda acting: self.day)
        self.patch.setattr(timezone, "now", lambda: self.now)
        self.plans = {owner: ready(self.cast, owner, by) for owner, by in DECIDER.items()}
        self.first: dict[int, tuple[str, dict]] = {}
        self.last: dict[int, dict] = {}
        self.gone: set[str] = set()

    def teardown(self) -> None:
        self.patch.undo()
        super().teardown()

    @property
    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 9, tzinfo=ZoneInfo("Asia/Jakarta"))

    @rule(
        owner=which, who=people, kind=kinds, likely=likely, pick=st.integers(0, 23), given=ratings, said=words,
        days=st.integers(1, 5),
    )  # fmt: skip
    def something_happens(self, owner, who, kind, likely, pick, given, said, days):
        """One rule for everything, so that no run goes without the steps that lead to a rating."""
        plan = Plan.objects.get(pk=self.plans[owner].pk)
        if kind == "days pass":
            self.day += timedelta(days=days)
        elif kind == "the portal finishes":
            with system():
                finish_overdue()
        elif kind == "leaves":
            self.leaves(owner)
            settle_moves(self.day)
        elif kind == "drafts":
            self.attempt(who or DECIDER[owner], lambda actor: draft(actor, plan, rating_of(plan, given)))
        elif kind == "responds":
            self.attempt(who or owner, lambda actor: respond(actor=actor, plan=plan, words="Baik."))
        else:
            self.acts(plan, owner, who, likely, pick, rating_of(plan, given), said)

    def acts(self, plan, owner, who, likely, pick, given, said):
        open_now = [name for name in ACTIONS if plan.state in Plan.TRANSITIONS[name].sources]
        names = open_now if likely and open_now else list(ACTIONS)
        act, by_owner = ACTIONS[names[pick % len(names)]]
        self.attempt(who or (owner if by_owner else DECIDER[owner]), lambda actor: act(actor, plan, given, said))

    def leaves(self, owner):
        if owner in self.gone:
            return
        self.gone.add(owner)
        user, (role, there) = User.objects.get(username=owner), MOVES[owner]
        Membership.objects.filter(user=user, role=role, until=None).update(until=LEFT)
        new_membership(user=user, role=role, place=School.objects.get(npsn=there), starts=ARRIVED).save()

    def everything(self) -> list[Plan]:
        return list(Plan.objects.filter(owner__username__in=DECIDER).select_related("owner", "period"))

    @invariant()
    def its_story_follows_the_table(self):
        for plan in self.everything():
            state, owner = Plan.State.DRAF, plan.owner.username
            for event in PlanEvent.objects.filter(plan=plan).exclude(verb__in=BESIDE).select_related("by"):
                change, by = Plan.TRANSITIONS[event.verb], event.by.username if event.by else None
                assert state in change.sources
                assert event.reason or not change.needs_reason
                state = change.target
                if event.verb in {"rate", "answer", "approve"}:
                    assert by == DECIDER[owner]
                elif event.verb in BY_OWNER:
                    assert by == owner or (event.verb == "withdraw_change" and by is None)
                else:
                    assert by in {owner, None}
            assert plan.state == state

    @invariant()
    def a_rating_is_whole_and_its_predicate_is_the_tables(self):
        for plan in self.everything():
            found = Assessment.objects.filter(plan=plan, rated_at__isnull=False).first()
            assert (plan.state in Plan.RATED) is (found is not None)
            if found is None:
                assert plan.predicate == ""
                continue
            assert plan.predicate == found.predicate == plan.rules.predicate_for(found.hasil, found.perilaku).code
            rated = dict(Rating.objects.filter(assessment=found).values_list("subject", "level"))
            assert set(rated) == set(codes_of(plan))
            self.first.setdefault(plan.pk, (found.predicate, rated))

    @invariant()
    def an_objection_comes_once_and_in_time_and_what_was_rated_stays(self):
        for plan in self.everything():
            found = Assessment.objects.filter(plan=plan).first()
            objected = PlanEvent.objects.filter(plan=plan, verb="object").count()
            assert objected == (1 if found and found.objected_at else 0)
            if objected:
                days = (found.objected_at - found.rated_at).days
                assert days <= plan.rules.calendar.objection_days
            if found and found.answered_at:
                predicate, rated = self.first[plan.pk]
                assert found.before["predicate"] == predicate
                assert {code: mark["level"] for code, mark in found.before["ratings"].items()} == rated

    @invariant()
    def what_is_final_never_changes(self):
        for plan in self.everything():
            if plan.state == Plan.State.FINAL:
                now = Assessment.objects.filter(plan=plan).values().get() | {"plan": plan.predicate}
                assert self.last.setdefault(plan.pk, now) == now

    @invariant()
    def no_version_is_lost_and_no_month_counted_twice(self):
        for owner in DECIDER:
            parts = [one for one in self.everything() if one.owner.username == owner]
            for plan in parts:
                numbers = PlanVersion.objects.filter(plan=plan).values_list("number", flat=True)
                assert sorted(numbers) == [*range(1, plan.version + 1)]
                assert Section.objects.filter(plan=plan).count() == 4
            open_parts = [one for one in parts if one.state != Plan.State.DIPINDAHKAN]
            assert sum(months_between(one.starts, one.until) for one in open_parts) <= 6


def test_no_sequence_of_actions_breaks_a_rating(cast):
    run_machine(RatingMachine, cast, examples=8)
