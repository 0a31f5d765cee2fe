"""What Kinerja puts on the homes: the owner's next step, what waits for whoever decides, and counts."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kinerja.home import numbers, todos, waiting
from kinerja.models import Evidence, Observation, Plan, belongs
from kinerja.services import tallies
from kinerja.services.decisions import return_plan
from kinerja.services.plans import begin_plan, write_section
from tests.cast import make_person

from .plans import NEXT, TODAY, approved, contents, drafted, period, rated, submitted

pytestmark = pytest.mark.usefixtures("in_november")


def told(cast, name, what=todos):
    with cast.actor(name).entered() as actor:
        return [one.title if what is not numbers else (one.value, one.label) for one in what(actor)]


def test_a_teacher_without_a_plan_is_asked_for_one_in_each_open_period_the_late_one_first(cast):
    page = cast.guru.get("/")
    found = [(one.title, one.late) for one in page.context["home"].todos]
    assert found[0] == ("Buat rencana Juli–Desember 2026", True)
    assert ("Buat rencana Januari–Juni 2027", False) in found


def test_a_draft_names_the_part_it_goes_on_with(cast):
    with cast.actor("guru").entered() as actor:
        plan = begin_plan(actor=actor, period=period(NEXT))
        assert "Lanjutkan rencana Januari–Juni 2027: bagian 1 dari 5" in [one.title for one in todos(actor)]
        whole = contents(plan)
        write_section(actor=actor, plan=plan, code="praktik", content=whole["praktik"], version=0)
        assert "Lanjutkan rencana Januari–Juni 2027: bagian 2 dari 5" in [one.title for one in todos(actor)]
        for code in ("kompetensi", "tambahan", "perilaku"):
            write_section(actor=actor, plan=plan, code=code, content=whole[code], version=0)
        assert "Lanjutkan rencana Januari–Juni 2027: bagian 5 dari 5" in [one.title for one in todos(actor)]


def test_a_sent_plan_waits_for_the_principal_and_stands_on_their_home_late_after_three_days(cast):
    plan = submitted(cast)
    assert "Juli–Desember 2026 di kepala sekolah sejak" in told(cast, "guru", waiting)[0]
    assert told(cast, "kepsek")[-1] == "Putuskan 1 rencana guru"
    Plan.objects.filter(pk=plan.pk).update(submitted_at=timezone.now() - timedelta(days=400))
    with cast.actor("kepsek").entered() as actor:
        assert todos(actor)[-1].late


def test_a_returned_plan_and_its_change_are_asked_for(cast):
    plan = submitted(cast)
    with cast.actor("kepsek").entered() as actor:
        return_plan(actor=actor, plan=plan, number=1, notes={"praktik": "Pilih yang merah."})
    assert "Perbaiki rencana Juli–Desember 2026: ada catatan" in told(cast, "guru")


def test_the_observation_stands_with_whose_step_it_is(cast):
    plan = approved(cast)
    assert "Usulkan tanggal observasi Juli–Desember 2026" in told(cast, "guru")
    Observation.objects.filter(plan=plan).delete()
    seen = Observation.objects.create(
        **belongs(plan), state="diusulkan", held_on=TODAY, proposed_by_id=cast.actor("kepsek").user.pk
    )
    assert "Jawab usulan tanggal observasi Juli–Desember 2026" in told(cast, "guru")
    assert "Lanjutkan 1 observasi" not in told(cast, "kepsek")
    Observation.objects.update(proposed_by=plan.owner)
    assert not [one for one in told(cast, "guru") if "observasi" in one]
    assert "Lanjutkan 1 observasi" in told(cast, "kepsek")
    for state, theirs in (("disiapkan", "kepsek"), ("diamati", "kepsek"), ("ditindaklanjuti", "guru")):
        Observation.objects.filter(pk=seen.pk).update(state=state)
        assert bool([one for one in told(cast, "guru") if "observasi" in one]) is (theirs == "guru")
        assert ("Lanjutkan 1 observasi" in told(cast, "kepsek")) is (theirs == "kepsek")


def test_missing_evidence_is_counted_until_there_is_some_for_each_rhk(cast):
    plan = approved(cast)
    assert "Lengkapi bukti Juli–Desember 2026: 3 RHK belum ada buktinya" in told(cast, "guru")
    for item in plan.planitems.all():
        Evidence.objects.create(
            **belongs(plan), item=item, kind="catatan", title="Bukti", note="Ada.", done_on=TODAY, added_by=plan.owner
        )
    assert not [one for one in told(cast, "guru") if "bukti" in one]


def test_a_rating_is_answered_within_its_window_and_an_objection_waits_for_the_principal(cast):
    plan = rated(cast, state="dinilai")
    Plan.objects.filter(pk=plan.pk).update(rated_at=timezone.now().replace(year=2026, month=11, day=20))
    with cast.actor("guru").entered() as actor:
        found = {one.title: one.due for one in todos(actor)}
    assert found["Tanggapi penilaian Juli–Desember 2026"].isoformat() == "2026-11-27"
    Plan.objects.filter(pk=plan.pk).update(state="keberatan")
    assert "Jawab 1 keberatan" in told(cast, "kepsek")
    assert "Keberatan atas penilaian Juli–Desember 2026 di kepala sekolah" in told(cast, "guru", waiting)


def test_ratings_are_due_once_assessment_has_opened(cast):
    plan = approved(cast)
    assert "Nilai 1 rencana" not in told(cast, "kepsek")
    plan.period.assess_opens = TODAY
    plan.period.save()
    assert "Nilai 1 rencana" in told(cast, "kepsek")


def test_a_principals_own_plan_waits_for_the_dinas_that_answers(cast):
    submitted(cast, owner="kepsek")
    assert told(cast, "dinas_depok") == ["Putuskan 1 rencana kepala sekolah"]
    assert told(cast, "dinas_jabar") == []
    assert "di Dinas sejak" in told(cast, "kepsek", waiting)[0]


def test_a_principal_sees_how_many_teachers_have_no_plan(cast):
    make_person("guru_dua", "guru", "99000001")
    drafted(cast)
    assert told(cast, "kepsek", numbers) == [
        (1, "guru tanpa rencana Juli–Desember 2026"),
        (1, "guru dengan rencana Juli–Desember 2026"),
    ]


OFFICES = [
    *("pusat", "upt_jabar", "pmp_jabar", "upt_kaltim"),
    *("dinas_depok", "dinas_jabar", "dinas_balikpapan", "pengawas"),
]


@pytest.mark.parametrize("name", OFFICES)
def test_an_office_reads_how_many_plans_of_its_area_are_approved(cast, name):
    approved(cast)
    drafted(cast, owner="kepsek_balikpapan")
    tallies.fold()
    reads = {"pusat": ("1", "2"), "upt_kaltim": ("0", "1"), "dinas_balikpapan": ("0", "1"), "dinas_jabar": ("0", "0")}
    value, begun = reads.get(name, ("1", "1"))
    with cast.actor(name).entered() as actor, CaptureQueriesContext(connection) as seen:
        (found,) = numbers(actor)
    label = "rencana kinerja Juli–Desember 2026 disetujui"
    assert (found.value, found.label, found.note) == (value, label, f"dari {begun} yang dibuat")
    assert len(seen) <= 2


@pytest.mark.parametrize("name", ["upt_jabar", "pengawas", "mitra", "operator", "penggerak", "pusat"])
def test_roles_that_have_nothing_to_plan_or_decide_are_not_asked_about(cast, name):
    with cast.actor(name).entered() as actor, CaptureQueriesContext(connection) as seen:
        assert (todos(actor), waiting(actor)) == ([], [])
    assert len(seen) == 0


@pytest.mark.parametrize("name", ["guru", "kepsek"])
def test_a_home_costs_the_same_with_one_plan_and_with_many(cast, name):
    def statements():
        with cast.actor(name).entered() as actor, CaptureQueriesContext(connection) as seen:
            todos(actor), waiting(actor), numbers(actor)
        return len(seen)

    approved(cast, owner="guru")
    drafted(cast, owner="kepsek", code=NEXT)
    statements()
    one = statements()
    for number in range(20):
        make_person(f"guru_{number}", "guru", "99000001")
    drafted(cast, code=NEXT)
    submitted(cast, owner="kepsek")
    assert statements() == one
    assert one <= 8


@pytest.mark.parametrize("name", ["pusat", "upt_jabar", "dinas_depok", "pengawas", "kepsek", "mitra", "guru"])
def test_a_schools_page_leads_to_its_counts_for_those_who_read_them(cast, name):
    npsn = "99000002" if name == "mitra" else "99000001"
    page = cast.client(name).get(f"/sekolah/{npsn}/")
    link = f"/kinerja/capaian/?sekolah={npsn}"
    assert (link in page.text) is (name not in {"mitra", "guru"})
    if link in page.text:
        assert cast.client(name).get(link).status_code == 200
