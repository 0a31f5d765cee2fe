"""Cycles are made ahead, each UPT's duty with them, and a circular moves the day (RF-10)."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from coordination.actors.actor import system
from coordination.actors.errors import NotAllowed, Refusal
from coordination.actors.models import Organisation, Wilayah
from reflection.models import Circular, Cycle, CycleRule, Obligation
from reflection.selectors import due_obligations
from reflection.services.cycles import extend_by_circular, generate_cycles, plan_cycles, set_rule

from .reports import start

pytestmark = pytest.mark.usefixtures("in_november")
TODAY = date(2026, 9, 20)


@pytest.fixture
def cycles(cast):
    with system():
        return generate_cycles(until=date(2027, 2, 1), today=TODAY)


def test_cycles_of_two_months_are_made_ahead_with_names_in_indonesian(cycles):
    assert [(one.code, one.name) for one in cycles] == [
        ("2026-5", "September–Oktober 2026"),
        ("2026-6", "November–Desember 2026"),
        ("2027-1", "Januari–Februari 2027"),
    ]
    assert (cycles[0].starts, cycles[0].ends) == (date(2026, 9, 1), date(2026, 10, 31))
    assert (cycles[0].opens_on, cycles[0].due_on) == (date(2026, 9, 1), date(2026, 11, 15))


def test_making_cycles_twice_changes_nothing(cycles):
    owed = Obligation.objects.count()
    with system():
        assert generate_cycles(until=date(2027, 2, 1), today=TODAY) == []
    assert Obligation.objects.count() == owed == 3 * 3


def test_only_the_units_of_the_cycle_owe_a_report(cycles):
    names = Obligation.objects.filter(cycle=cycles[0]).values_list("organisation__code", flat=True)
    assert set(names) == {"bbgp_jabar", "bgp_kaltim", "bgp_papua"}


@pytest.mark.parametrize(("office", "hour"), [("bbgp_jabar", 17), ("bgp_kaltim", 16), ("bgp_papua", 15)])
def test_a_report_is_due_at_the_end_of_the_day_where_the_office_stands(cycles, office, hour):
    owed = Obligation.objects.get(cycle=cycles[0], organisation__code=office)
    assert owed.closes_at == owed.due_at == datetime(2026, 11, 15, hour, tzinfo=UTC)


def test_a_rule_from_a_day_on_changes_the_length_of_later_cycles(cycles):
    CycleRule.objects.create(valid_from=date(2027, 3, 1), months=3, grace_days=2)
    with system():
        later = generate_cycles(until=date(2027, 7, 1), today=TODAY)
    assert [(one.code, one.name) for one in later] == [
        ("2027-2", "Maret–Mei 2027"),
        ("2027-3", "Juni–Agustus 2027"),
    ]
    assert later[0].grace_days == 2


def test_a_new_rule_remakes_the_coming_cycles_that_nobody_uses(cycles, cast):
    with cast.actor("admin").entered() as actor:
        set_rule(actor=actor, rule=CycleRule(valid_from=date(2027, 1, 1), months=3))
    codes = list(Cycle.objects.order_by("starts").values_list("code", "name"))
    assert codes[2:] == [("2027-1", "Januari–Maret 2027")]
    assert Obligation.objects.filter(cycle__code="2027-1").count() == 3


def test_a_rule_cannot_cut_a_cycle_or_change_one_that_is_used(cycles, cast):
    report = start(cast, cycle="2026-6")
    with cast.actor("admin").entered() as actor:
        with pytest.raises(Refusal, match="hari pertama"):
            set_rule(actor=actor, rule=CycleRule(valid_from=date(2027, 1, 15)))
        with pytest.raises(Refusal, match="hari pertama"):
            set_rule(actor=actor, rule=CycleRule(valid_from=date(2026, 9, 1)))
        _extend(actor, cycles[2], new_due_on=date(2027, 4, 1))
        with pytest.raises(Refusal, match="sudah dipakai"):
            set_rule(actor=actor, rule=CycleRule(valid_from=date(2027, 1, 1)))
    with cast.actor("pusat").entered() as actor, pytest.raises(NotAllowed):
        set_rule(actor=actor, rule=CycleRule(valid_from=date(2027, 1, 1)))
    assert report.cycle.code == "2026-6"


def test_an_office_that_comes_later_owes_what_is_not_yet_due(cycles, cast):
    with cast.actor("admin").entered() as actor:
        _extend(actor, cycles[0])
    Organisation.objects.filter(code="bbpmp_jabar").update(unit="bgp")
    with system():
        generate_cycles(until=date(2027, 2, 1), today=date(2026, 11, 18))
    owed = Obligation.objects.filter(organisation__code="bbpmp_jabar").order_by("cycle__starts")
    assert [one.cycle.code for one in owed] == ["2026-6", "2027-1"]


def test_a_circular_moves_the_due_day_of_those_it_speaks_to(cycles, cast):
    with cast.actor("admin").entered() as actor:
        circular = _extend(
            actor, cycles[0], reach=Circular.Reach.PROVINCES, provinces=list(Wilayah.objects.filter(code="93"))
        )
    moved = Obligation.objects.get(circular=circular)
    assert moved.organisation.code == "bgp_papua"
    assert moved.due_on == date(2026, 11, 30)
    assert moved.closes_at == datetime(2026, 11, 30, 15, tzinfo=UTC)
    assert set(Obligation.objects.filter(cycle=cycles[0], circular=None).values_list("due_on", flat=True)) == {
        date(2026, 11, 15)
    }


def test_the_latest_day_of_several_circulars_holds(cycles, cast):
    with cast.actor("admin").entered() as actor:
        office = Organisation.objects.filter(code="bgp_kaltim")
        late = _extend(actor, cycles[0], number="2/2026", new_due_on=date(2026, 12, 5), reach="kantor", offices=office)
        _extend(actor, cycles[0])
    days = dict(Obligation.objects.filter(cycle=cycles[0]).values_list("organisation__code", "due_on"))
    assert days == {
        "bgp_kaltim": date(2026, 12, 5),
        "bbgp_jabar": date(2026, 11, 30),
        "bgp_papua": date(2026, 11, 30),
    }
    assert Obligation.objects.get(circular=late).organisation.code == "bgp_kaltim"


def test_a_circular_cannot_bring_the_day_forward_or_name_nobody(cycles, cast):
    with cast.actor("admin").entered() as actor:
        with pytest.raises(Refusal, match="sesudah batas"):
            _extend(actor, cycles[0], new_due_on=date(2026, 11, 15))
        with pytest.raises(Refusal, match="Pilih provinsi"):
            _extend(actor, cycles[0], reach="provinsi")


@pytest.mark.parametrize("name", ["pusat", "upt_jabar_head", "dinas_depok", "guru"])
def test_only_an_admin_of_pusat_plans_cycles_and_issues_circulars(cycles, cast, name):
    with cast.actor(name).entered() as actor:
        with pytest.raises(NotAllowed):
            _extend(actor, cycles[0])
        with pytest.raises(NotAllowed):
            plan_cycles(actor=actor, until=date(2027, 12, 1))


@pytest.mark.parametrize("until", [date(2032, 1, 1), date.max])
def test_a_slip_in_the_year_makes_no_cycles_for_it(cycles, cast, until):
    with cast.actor("admin").entered() as actor, pytest.raises(Refusal, match="sejauh itu"):
        plan_cycles(actor=actor, until=until)
    assert Cycle.objects.count() == len(cycles)


def test_who_has_not_submitted_is_asked_with_office_and_day_in_one_statement(cycles, django_assert_num_queries):
    Obligation.objects.filter(organisation__code="bbgp_jabar").update(submitted_at=datetime(2026, 11, 1, tzinfo=UTC))
    with django_assert_num_queries(1):
        found = [
            (one.organisation.code, one.due_on, str(one.zone), one.cycle.name)
            for one in due_obligations(opens_by=date(2026, 10, 1), due_by=date(2026, 11, 15))
        ]
    assert found == [
        ("bgp_kaltim", date(2026, 11, 15), "Asia/Makassar", "September–Oktober 2026"),
        ("bgp_papua", date(2026, 11, 15), "Asia/Jayapura", "September–Oktober 2026"),
    ]


@pytest.mark.parametrize(
    ("name", "seen"),
    [("pusat", 3), ("upt_jabar", 1), ("upt_jabar_staff", 1), ("pmp_jabar", 0), ("dinas_jabar", 0), ("guru", 0)],
)
def test_what_a_upt_owes_is_its_own_and_pusats_business(cycles, cast, name, seen):
    with cast.actor(name).entered() as actor:
        assert Obligation.objects.filter(cycle=cycles[0]).count() == seen
        assert Obligation.objects.visible_to(actor).filter(cycle=cycles[0]).count() == seen


def test_the_database_refuses_a_duty_with_a_strangers_path(cycles):
    with pytest.raises(IntegrityError), transaction.atomic():
        Obligation.objects.filter(organisation__code="bgp_papua").update(path="u.bgp_kaltim")


def _extend(actor, cycle: Cycle, **more):
    values = {
        "number": "1/2026",
        "new_due_on": date(2026, 11, 30),
        "reason": "Bencana di beberapa daerah",
        "issued_on": date(2026, 11, 1),
    }
    return extend_by_circular(actor=actor, cycle=cycle, **(values | more))
