"""People who move in the middle of a semester, and principals who are only acting (Plt)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse

from coordination.actors.models import Membership, Role, School, User
from coordination.actors.services.memberships import new_membership
from coordination.notices.models import Notice
from kinerja.models import Plan, PlanEvent, PlanVersion, Section
from kinerja.rules.credit import months_between
from kinerja.services import moves
from kinerja.services.decisions import amend_plan, approve_plan
from kinerja.services.moves import settle_moves, settle_moves_of
from kinerja.services.plans import begin_plan, submit_plan, write_section
from kinerja.tasks import settle_moves_daily
from tests.cast import SINCE, make_person

from .plans import TODAY, approved, drafted, period, submitted

pytestmark = pytest.mark.usefixtures("in_november")
OLD, NEW, SMK = "99000001", "99000002", "99000003"
FIRST = date(2026, 11, 1)
LAST = FIRST - timedelta(days=1)
QUEUE = reverse("kinerja:queue")


@pytest.fixture
def new_principal(cast) -> User:
    return make_person("kepsek_baru", Role.KEPSEK, NEW)


def move(username: str, role: str = Role.GURU, to: str = NEW) -> None:
    """End the role at the old school and begin the same one at another (to "": nowhere)."""
    user = User.objects.get(username=username)
    Membership.objects.filter(user=user, role=role, until=None).update(until=LAST)
    if to:
        new_membership(user=user, role=role, place=School.objects.get(npsn=to), starts=FIRST).save()


def parts(username: str) -> list[Plan]:
    return list(Plan.objects.filter(owner__username=username).order_by("starts", "pk"))


def test_a_plan_that_was_not_approved_goes_along_as_a_draft(cast, new_principal):
    old = submitted(cast)
    move("guru")
    assert settle_moves(TODAY) == 1
    old.refresh_from_db()
    new = Plan.objects.get(owner=old.owner, school__npsn=NEW)
    assert (old.state, new.state, new.starts, new.until) == ("dipindahkan", "draf", FIRST, date(2026, 12, 31))
    assert PlanEvent.objects.get(plan=old, verb="move").reason
    assert {one.code: one.content for one in new.sections.all()} == {
        one.code: one.content for one in Section.objects.filter(plan=old)
    }
    assert PlanVersion.objects.filter(plan=old).count() == 1
    told = Notice.objects.filter(channel="app", kind__in=["plan_moved", "plan_arrived"])
    assert {(one.kind, one.user.username) for one in told} == {
        ("plan_moved", "guru"), ("plan_moved", "kepsek"), ("plan_arrived", "guru"), ("plan_arrived", "kepsek_baru"),
    }  # fmt: skip


def test_an_approved_plan_is_split_and_the_months_add_up(cast, new_principal):
    old = approved(cast)
    move("guru")
    settle_moves(TODAY)
    first, second = parts("guru")
    assert (first.state, first.until, second.starts, second.state) == ("disetujui", LAST, FIRST, "draf")
    whole = months_between(first.period.starts, first.period.ends)
    assert [months_between(one.starts, one.until) for one in (first, second)] == [4, 2]
    assert whole == 6
    assert Section.objects.get(plan=second, code="kompetensi").content["items"] == {"1": 2, "5": 4}
    timeline = reverse("kinerja:timeline", args=[old.pk])
    assert "Bagian di sekolah ini berakhir" in cast.kepsek.get(timeline).text
    assert cast.guru.get(timeline).status_code == 200
    assert cast.guru.get(reverse("kinerja:timeline", args=[second.pk])).status_code == 200
    assert cast.kepsek.get(reverse("kinerja:timeline", args=[second.pk])).status_code == 404


@pytest.mark.parametrize("sent", [False, True])
def test_a_change_that_was_pending_is_dropped_and_kept_in_the_history(cast, sent):
    old = approved(cast)
    with cast.actor("guru").entered() as actor:
        amend_plan(actor=actor, plan=old, reason="Coba.")
        write_section(actor=actor, plan=old, code="kompetensi", content={"items": {"1": 9}}, version=1)
        if sent:
            submit_plan(actor=actor, plan=old)
    move("guru")
    settle_moves(TODAY)
    first, second = parts("guru")
    assert (first.state, first.approved, first.points) == ("disetujui", 1, 32)
    assert Section.objects.get(plan=first, code="kompetensi").content["items"] == {"1": 2, "5": 4}
    assert Section.objects.get(plan=second, code="kompetensi").content["items"] == {"1": 2, "5": 4}
    assert PlanVersion.objects.filter(plan=first).count() == 1 + sent


def test_settling_again_changes_nothing(cast):
    approved(cast)
    move("guru")
    assert [settle_moves(TODAY) for _time in range(3)] == [1, 0, 0]
    assert len(parts("guru")) == 2


def test_who_opens_their_plans_is_settled_at_once_through_their_own_scope(cast):
    approved(cast)
    move("guru")
    with cast.actor("guru").entered() as actor:
        assert settle_moves_of(actor) == 1
        assert settle_moves_of(actor) == 0
        new = begin_plan(actor=actor, period=period())
    assert (new.school.npsn, new.starts) == (NEW, FIRST)


def test_who_has_not_moved_costs_one_statement(cast, django_assert_num_queries):
    approved(cast)
    with cast.actor("guru").entered() as actor, django_assert_num_queries(1):
        assert settle_moves_of(actor) == 0


def test_only_what_the_new_jenjang_offers_of_the_additional_tasks_goes_along(cast):
    tasks = {"31": {"sk_number": "SK-1", "sk_date": "2026-07-10", "report": "semester"}}
    approved(cast, tambahan={"items": tasks})
    move("guru", to=SMK)
    settle_moves(TODAY)
    second = parts("guru")[1]
    assert second.jenjang == "smk"
    assert second.path.startswith("32.m.")
    kept = Section.objects.get(plan=second, code="tambahan").content["items"]
    assert set(kept) == {"31"} & {str(one.number) for one in second.rules.offered_to("smk")}


def test_a_role_that_ended_without_a_new_school_ends_the_plan_and_a_later_school_takes_it_up(cast):
    approved(cast)
    move("guru", to="")
    assert settle_moves(TODAY) == 1
    (only,) = parts("guru")
    assert (only.state, only.until) == ("disetujui", LAST)
    assert settle_moves(TODAY) == 0
    later = FIRST + timedelta(days=9)
    school = School.objects.get(npsn=NEW)
    new_membership(user=only.owner, role=Role.GURU, place=school, starts=later).save()
    assert settle_moves(TODAY) == 1
    assert parts("guru")[1].starts == later


def test_a_plan_approved_before_its_first_day_moves_as_a_whole(cast):
    old = approved(cast, code="2027-1")
    move("guru")
    settle_moves(TODAY)
    old.refresh_from_db()
    new = Plan.objects.get(owner=old.owner, school__npsn=NEW)
    assert (old.state, new.starts, new.state) == ("dipindahkan", date(2027, 1, 1), "draf")


def test_a_principal_who_moves_leaves_the_old_part_to_the_dinas(cast):
    old = approved(cast, owner="kepsek", by="dinas_depok")
    move("kepsek", Role.KEPSEK)
    settle_moves(TODAY)
    first, second = parts("kepsek")
    assert (first.pk, first.until, second.of_principal) == (old.pk, LAST, True)
    assert cast.dinas_depok.get(reverse("kinerja:timeline", args=[second.pk])).status_code == 200


def test_back_at_a_school_whose_part_is_closed_counts_no_month_twice(cast):
    approved(cast)
    move("guru")
    settle_moves(TODAY)
    user = User.objects.get(username="guru")
    Membership.objects.filter(user=user, role=Role.GURU, until=None).update(until=date(2026, 11, 15))
    back = date(2026, 11, 16)
    new_membership(user=user, role=Role.GURU, place=School.objects.get(npsn=OLD), starts=back).save()
    settle_moves(TODAY)
    first, second = parts("guru")
    assert (first.until, second.until) == (LAST, date(2026, 11, 15))


def test_the_daily_run_happens_once_a_day_and_again_after_a_failure(cast, monkeypatch):
    ran = []
    cache.clear()
    monkeypatch.setattr("kinerja.tasks.settle_moves", lambda: ran.append(1) or 1 / 0)
    for _time in range(2):
        with pytest.raises(ZeroDivisionError):
            settle_moves_daily()
    monkeypatch.setattr("kinerja.tasks.settle_moves", lambda: ran.append(1))
    settle_moves_daily()
    settle_moves_daily()
    cache.clear()
    assert len(ran) == 3
    assert moves.settle_moves(TODAY) == 0


def acting_principal(school: str = OLD) -> User:
    user = make_person("plt")
    place = School.objects.get(npsn=school)
    new_membership(user=user, role=Role.KEPSEK, place=place, starts=SINCE, plt=True).save()
    return user


def client_of(username: str):
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(User.objects.get(username=username), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def test_an_acting_principal_decides_everything_and_the_one_before_sees_nothing_more(cast):
    plan = submitted(cast)
    acting_principal()
    move("kepsek", Role.KEPSEK, to="")
    address = reverse("kinerja:decide", args=[plan.pk])
    assert cast.kepsek.get(address).status_code == 404
    assert cast.kepsek.get(QUEUE).status_code == 403
    data = {"token": str(uuid4()), "version": 1, "aksi": "setujui"}
    assert client_of("plt").post(address, data).status_code == 302
    assert PlanEvent.objects.get(plan=plan, verb="approve").by_role == "Plt Kepala sekolah · SD Contoh Pancoran Mas 1"
    assert "Plt Kepala sekolah" in cast.guru.get(reverse("kinerja:timeline", args=[plan.pk])).text


def test_both_principals_are_told_of_a_plan_that_was_sent(cast):
    acting_principal()
    submitted(cast)
    told = Notice.objects.filter(kind="plan_submitted", channel="app").values_list("user__username", flat=True)
    assert set(told) == {"kepsek", "plt"}


def test_an_acting_principal_does_not_decide_on_their_own_teachers_plan(cast):
    move("kepsek", Role.KEPSEK, to="")
    user = User.objects.get(username="guru")
    school = School.objects.get(npsn=OLD)
    plan = drafted(cast)
    teacher = cast.actor("guru")
    new_membership(user=user, role=Role.KEPSEK, place=school, starts=SINCE, plt=True).save()
    teacher.memberships = cast.actor("guru").memberships
    with teacher.entered() as actor:
        submit_plan(actor=actor, plan=plan)
    told = Notice.objects.filter(kind="plan_needs_principal", channel="app").values_list("user__username", flat=True)
    assert set(told) == {"dinas_depok", "dinas_depok_head"}
    own = client_of("guru").get(reverse("kinerja:decide", args=[plan.pk]))
    assert own.status_code == 403
    assert "Plt kepala sekolah lain" in own.text
    other = acting_principal()
    with cast.actor(other.username).entered() as actor:
        approve_plan(actor=actor, plan=plan, number=1)
