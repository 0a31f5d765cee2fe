"""The life of a plan through its services: what each step needs, and that nothing is lost on the way."""

from contextlib import suppress

import pytest
from django.db import ProgrammingError

from coordination.actors.errors import Conflict, NotAllowed, Refusal
from kinerja.models import Plan, PlanEvent, PlanItem, PlanVersion, Section
from kinerja.services.decisions import amend_plan, approve_plan, keep_plan, return_plan
from kinerja.services.plans import begin_plan, submit_plan, withdraw_plan, write_section

from .plans import approved, drafted, period, submitted

pytestmark = pytest.mark.usefixtures("in_november")


def test_a_plan_is_begun_once_however_often_one_asks(cast):
    with cast.actor("guru").entered() as actor:
        first = begin_plan(actor=actor, period=period())
        assert begin_plan(actor=actor, period=period()) == first
    assert (first.jenjang, first.school_name, first.of_principal) == ("sd", "SD Contoh Pancoran Mas 1", False)
    assert PlanEvent.objects.filter(plan=first).count() == 1


def test_a_section_saved_from_an_old_window_is_a_conflict_with_both_texts(cast):
    plan = drafted(cast)
    with cast.actor("guru").entered() as actor:
        write_section(actor=actor, plan=plan, code="kompetensi", content={"items": {"1": 4}}, version=1)
        with pytest.raises(Conflict) as found:
            write_section(actor=actor, plan=plan, code="kompetensi", content={"items": {"1": 9}}, version=1)
    assert (found.value.mine["items"], found.value.theirs["items"]) == ({"1": 9}, {"1": 4})


def test_a_plan_under_32_points_needs_a_reason_and_over_128_is_refused(cast):
    plan = drafted(cast, items={"1": 3})
    with cast.actor("guru").entered() as actor:
        with pytest.raises(Refusal, match="24 poin, di bawah 32"):
            submit_plan(actor=actor, plan=plan)
        too_many = {"items": {"6": 1, "1": 1}}
        write_section(actor=actor, plan=plan, code="kompetensi", content=too_many, version=1)
        with pytest.raises(Refusal, match="128 poin, sama dengan batas"):
            submit_plan(actor=actor, plan=plan)
        little = {"items": {"1": 3}, "under_reason": "Cuti melahirkan tiga bulan."}
        write_section(actor=actor, plan=plan, code="kompetensi", content=little, version=2)
        submit_plan(actor=actor, plan=plan)
    plan.refresh_from_db()
    assert (plan.state, plan.points, plan.under_reason) == ("diajukan", 24, "Cuti melahirkan tiga bulan.")


def test_a_return_reopens_the_noted_sections_only_and_erases_nothing(cast):
    plan = submitted(cast)
    with cast.actor("kepsek").entered() as actor:
        return_plan(actor=actor, plan=plan, number=1, notes={"praktik": "Pilih yang merah."})
    with cast.actor("guru").entered() as actor:
        with pytest.raises(Refusal, match="diberi catatan"):
            write_section(actor=actor, plan=plan, code="kompetensi", content={"items": {"1": 9}}, version=1)
        other = plan.rules.indicators[1].code
        write_section(actor=actor, plan=plan, code="praktik", content={"indicator": other}, version=1)
        submit_plan(actor=actor, plan=plan)
        assert [one.number for one in PlanVersion.objects.filter(plan=plan)] == [1, 2]
        assert Section.objects.get(plan=plan, code="kompetensi").content["items"] == {"1": 2, "5": 4}


def test_approval_makes_the_items_and_a_change_keeps_what_fell_away(cast):
    plan = approved(cast)
    with cast.actor("guru").entered() as actor:
        amend_plan(actor=actor, plan=plan, reason="Pelatihan dibatalkan.")
        write_section(actor=actor, plan=plan, code="kompetensi", content={"items": {"1": 4}}, version=1)
        submit_plan(actor=actor, plan=plan)
    with cast.actor("kepsek").entered() as actor:
        approve_plan(actor=actor, plan=plan, number=2)
    found = PlanItem.objects.filter(plan=plan).values_list("number", "quantity", "points", "active")
    assert set(found) == {(1, 4, 32, True), (5, 4, 16, False), (31, 1, 0, True)}


def test_a_change_given_up_leaves_what_was_approved(cast):
    plan = approved(cast)
    with cast.actor("guru").entered() as actor:
        amend_plan(actor=actor, plan=plan, reason="Coba.")
        write_section(actor=actor, plan=plan, code="kompetensi", content={"items": {"1": 9}}, version=1)
        keep_plan(actor=actor, plan=plan)
        assert Section.objects.get(plan=plan, code="kompetensi").content["items"] == {"1": 2, "5": 4}
    plan.refresh_from_db()
    assert plan.state == Plan.State.DISETUJUI


def test_a_plan_is_withdrawn_before_the_decision_and_not_after(cast):
    plan = submitted(cast)
    with cast.actor("guru").entered() as actor:
        withdraw_plan(actor=actor, plan=plan)
        submit_plan(actor=actor, plan=plan)
    with cast.actor("kepsek").entered() as actor:
        with pytest.raises(Refusal, match="versi 2"):
            approve_plan(actor=actor, plan=plan, number=1)
        approve_plan(actor=actor, plan=plan, number=2)
    with cast.actor("guru").entered() as actor, pytest.raises(Refusal):
        withdraw_plan(actor=actor, plan=plan)


def test_a_principals_own_plan_is_decided_by_the_dinas_that_answers_and_by_nobody_else(cast):
    plan = submitted(cast, owner="kepsek")
    for stranger in ("kepsek", "dinas_jabar", "kepsek_smk", "upt_jabar", "admin"):
        with pytest.raises((NotAllowed, Plan.DoesNotExist, ProgrammingError)), cast.actor(stranger).entered() as actor:
            approve_plan(actor=actor, plan=plan, number=1)
    with cast.actor("dinas_depok").entered() as actor:
        approve_plan(actor=actor, plan=plan, number=1)


def test_the_wall_shows_a_plan_to_its_owner_and_its_principal_only(cast):
    plan = submitted(cast)
    seen = set()
    for name in cast.names:
        # A role without a policy has no right on the table at all.
        with suppress(ProgrammingError), cast.actor(name).entered():
            if Plan.objects.filter(pk=plan.pk).exists():
                seen.add(name)
    assert seen == {"guru", "kepsek"}
