"""Why can't I? Every locked step names the rule, what it looked at and who can change it."""

import pytest
from django.urls import reverse

from coordination.actors.errors import Refusal
from kinerja.gates import blocks, explain
from kinerja.gates.base import RIGHTS
from kinerja.models import Plan, SectionCode
from kinerja.services.plans import submit_plan, write_section

from .plans import approved, drafted, submitted

pytestmark = pytest.mark.usefixtures("in_november")


@pytest.fixture
def plan(cast):
    return approved(cast)


@pytest.mark.parametrize("action", RIGHTS)
def test_in_every_state_a_step_is_open_or_says_rule_source_and_who(cast, plan, action):
    for name in ("guru", "kepsek"):
        with cast.actor(name).entered() as actor:
            for state in Plan.State.values:
                plan.state = state
                for block in explain(action, plan, actor):
                    assert block.rule, (action, state)
                    assert block.source, (action, state)
                    assert block.who, (action, state)


@pytest.mark.parametrize("action", sorted(Plan.TRANSITIONS))
def test_a_transition_is_locked_in_every_state_its_table_does_not_name(cast, plan, action):
    with cast.actor("guru").entered() as actor:
        for state in set(Plan.State.values) - set(Plan.TRANSITIONS[action].sources):
            plan.state = state
            (found,) = blocks(action, plan, actor)
            assert str(Plan.State(state).label) in dict(found.facts).values()


def test_the_service_refuses_in_the_words_the_page_explains(cast):
    plan = drafted(cast, items={"1": 1})
    with cast.actor("guru").entered() as actor, pytest.raises(Refusal) as refused:
        submit_plan(actor=actor, plan=plan)
    page = cast.guru.get(reverse("kinerja:why", args=[plan.pk, "submit"])).content.decode()
    assert refused.value.message in page
    assert "7607" in page
    assert "Anda melengkapinya di bagian itu." in page


def test_a_locked_section_is_explained_and_refused_in_the_same_words(cast):
    plan = submitted(cast)
    with cast.actor("guru").entered() as actor, pytest.raises(Refusal) as refused:
        write_section(actor=actor, plan=plan, code=SectionCode.PRAKTIK, content={}, version=1)
    page = cast.guru.get(reverse("kinerja:why_section", args=[plan.pk, "praktik"])).content.decode()
    assert refused.value.message in page
    assert "Menunggu putusan" in page


def test_who_may_not_take_a_step_is_told_whose_it_is(cast):
    plan = submitted(cast)
    page = cast.guru.get(reverse("kinerja:why", args=[plan.pk, "approve"])).content.decode()
    assert "milik kepala sekolah" in page


def test_a_stranger_finds_no_plan_and_an_unknown_step_is_no_page(cast):
    plan = submitted(cast)
    for name in ("operator", "kepsek_balikpapan", "dinas_depok", "pusat", "upt_jabar"):
        assert cast.client(name).get(reverse("kinerja:why", args=[plan.pk, "submit"])).status_code == 404
    assert cast.guru.get(reverse("kinerja:why", args=[plan.pk, "menyulap"])).status_code == 404
