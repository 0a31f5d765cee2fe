"""Folding what changed gives the same counts as counting everything anew, whatever happened to plans and schools."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordination.actors.actor import system
from coordination.actors.models import School, User
from coordination.actors.schools.kinds import JENJANG_OF, LEVEL_OF, jenjang_of
from coordination.actors.tenancy import paths
from kinerja.models import Period, Plan, SectionCode, Tally, TallyChange, TallyRun
from kinerja.services import tallies
from kinerja.tasks import check_tallies, fold_tallies
from tests.cast import PEOPLE

INDICATOR = "suasana_kelas"
STATES = ("draf", "diajukan", "disetujui", "dinilai", "final", "dipindahkan")
SCHOOLS = ("99000001", "99000002", "99000003", "99000005")


def counted() -> dict:
    """Every count above or below zero."""
    columns = ("path", "parent", "depth", "period_id", "of_principal", "jenjang", "dimension", "value")
    return {row[:-1]: row[-1] for row in Tally.objects.exclude(count=0).values_list(*columns, "count")}


def folded() -> dict:
    with system():
        tallies.fold()
    return counted()


def recounted() -> dict:
    with system():
        tallies.recount()
    return counted()


def plan_of(owner: str, npsn: str, state: str = "draf", *, of_principal: bool = False) -> Plan:
    """A row as the services leave it; how one gets there is tested elsewhere."""
    school, period = School.objects.get(npsn=npsn), Period.objects.order_by("starts").first()
    ran = state in {"disetujui", "dinilai", "final"}
    return Plan.objects.create(
        path=school.path, owner=User.objects.get(username=owner), of_principal=of_principal, school=school,
        school_name=school.name, npsn=npsn, jenjang=jenjang_of(school.bentuk), period=period, pack_id=period.pack_id,
        starts=period.starts, until=period.ends, state=state, open_sections=list(SectionCode.values),
        version=int(state != "draf"), approved=int(ran), points=32, indicator=INDICATOR if state != "draf" else "",
        predicate="baik" if state in {"dinilai", "final"} else "",
    )  # fmt: skip


def put(plans, state: str) -> None:
    """Bring plans into a state by one statement, with what the state asks for."""
    ran = state in {"disetujui", "dinilai", "final"}
    plans.update(
        state=state, version=int(state != "draf"), approved=int(ran), indicator=INDICATOR if state != "draf" else "",
        predicate="baik" if state in {"dinilai", "final"} else "",
    )  # fmt: skip


def move(npsn: str, kecamatan: str, bentuk: str) -> None:
    """A school that Dapodik shows in another kecamatan or of another kind; its plans go along."""
    school = School.objects.get(npsn=npsn)
    school.bentuk, school.level, school.kecamatan_id = bentuk, LEVEL_OF[bentuk], kecamatan
    school.kabkota_id, school.provinsi_id = kecamatan[:5], kecamatan[:2]
    school.path = paths.school(kecamatan, school.level, npsn)
    school.save()


def act(step: tuple) -> None:
    what, owner, npsn, state = step
    mine = Plan.objects.filter(owner__username=owner)
    if what == "insert":
        try:
            with transaction.atomic():
                plan_of(owner, npsn, state)
        except IntegrityError:
            return
    elif what == "update":
        put(mine, state)
    elif what == "bulk":
        put(Plan.objects.exclude(state="dipindahkan"), "diajukan" if state == "dipindahkan" else state)
    elif what == "delete":
        mine.delete()
    elif what == "move":
        place, kind = ("32.16.06", "SMP") if state in {"draf", "final"} else ("64.71.03", "SMK")
        move(npsn, place, kind)
    elif what == "teachers":
        School.objects.filter(npsn=npsn).update(guru=len(state) or None, active=state != "dinilai")
    elif what == "undone":
        point = transaction.savepoint()
        put(mine, state)
        Plan.objects.all().delete()
        transaction.savepoint_rollback(point)
    else:
        folded()


STEPS = st.tuples(
    st.sampled_from(["insert", "insert", "update", "bulk", "delete", "move", "teachers", "undone", "fold"]),
    st.sampled_from(["guru", "kepsek", "penggerak"]),
    st.sampled_from(SCHOOLS),
    st.sampled_from(STATES),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, max_size=9))
def test_after_any_sequence_of_changes_folding_equals_counting_anew(cast, steps):
    with transaction.atomic():
        point = transaction.savepoint()
        try:
            for step in steps:
                try:
                    with transaction.atomic():
                        act(step)
                except IntegrityError:
                    continue
            with system():
                assert tallies.drift() == 0
            assert folded() == recounted()
        finally:
            transaction.savepoint_rollback(point)


def test_a_plan_is_counted_in_every_area_around_its_school(cast):
    before = Counter(folded())
    plan_of("guru", "99000001", "diajukan")
    found = Counter(folded())
    found.subtract(before)
    rows = {(key[0], key[6], key[7]): number for key, number in found.items() if number}
    areas = ("32.d.76.01/99000001", "32.d.76.01", "32.d.76", "32.d", "32", "id")
    cells = (("plan", "ada"), ("state", "diajukan"), ("indicator", INDICATOR))
    assert rows == {(area, *cell): 1 for area in areas for cell in cells}


def test_a_school_that_moves_takes_its_counts_along(cast):
    plan_of("guru", "99000001", "disetujui")
    School.objects.filter(npsn="99000001").update(guru=12)
    folded()
    move("99000001", "64.71.03", "SMA")
    found = folded()
    assert found == recounted()
    assert not [key for key in found if key[0].startswith("32.d.76.01") and key[3] is not None]
    teachers = {key[0]: number for key, number in found.items() if key[6] == "guru"}
    assert teachers["64.m.71.03"] == teachers["id"] == 12


def test_a_change_that_changes_no_count_is_not_noted(cast):
    plan = plan_of("guru", "99000001")
    folded()
    Plan.objects.filter(pk=plan.pk).update(points=40)
    School.objects.update(alamat="Jalan Contoh 1")
    assert not TallyChange.objects.exists()


def test_a_plan_that_was_moved_counts_at_its_old_school_as_moved_only(cast):
    plan_of("guru", "99000001", "dipindahkan")
    found = {key[6:]: number for key, number in folded().items() if key[0] == "id" and key[3] is not None}
    assert found == {("state", "dipindahkan"): 1}


@pytest.mark.parametrize("bentuk", [*LEVEL_OF, *JENJANG_OF, "Spk smp", "apa saja"])
def test_the_database_reads_a_kind_of_school_as_the_portal_does(db, bentuk):
    with connection.cursor() as cursor:
        cursor.execute("SELECT kinerja_jenjang(%s)", [bentuk])
        assert cursor.fetchone()[0] == jenjang_of(bentuk)


@pytest.mark.parametrize("name", [name for name, place in PEOPLE.items() if place])
def test_nobody_of_the_cast_writes_a_count(cast, name):
    path = School.objects.get(npsn="99000001").path
    statements = [
        "INSERT INTO kinerja_tally (path, parent, depth, of_principal, jenjang, dimension, value, count) "
        f"VALUES ('{path}', '', 5, false, 'sd', 'state', 'final', 9)",
        "UPDATE kinerja_tally SET count = 9",
        "DELETE FROM kinerja_tally",
        "INSERT INTO kinerja_tallychange (path, of_principal, jenjang, dimension, value, amount, at) "
        f"VALUES ('{path}', false, 'sd', 'state', 'final', 9, now())",
        "SELECT kinerja_fold()",
        "SELECT kinerja_recount()",
        "SELECT kinerja_drift()",
    ]
    for sql in statements:
        with pytest.raises(Exception, match="permission denied"):
            with transaction.atomic(), cast.actor(name).entered(), connection.cursor() as cursor:
                cursor.execute(sql)


def test_every_minute_the_changes_are_folded_and_the_time_is_written_down(cast):
    plan_of("guru", "99000001")
    fold_tallies()
    assert not TallyChange.objects.exists()
    assert TallyRun.objects.latest("at").folded > 0


def test_the_nightly_check_says_and_mends_what_differs(cast, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr(tallies.log, "error", lambda text, *values: said.append(text % values))
    plan_of("guru", "99000001")
    folded()
    TallyRun.objects.all().delete()
    Tally.objects.filter(dimension="state").update(count=7)
    TallyRun.objects.all().delete()  # the cast was counted a moment ago
    monkeypatch.setattr(tallies, "CHECK_HOUR", 0)
    check_tallies()
    assert len(said) == 1
    assert "differed from a recount" in said[0]
    assert not Tally.objects.filter(count=7).exists()
    TallyRun.objects.all().delete()
    check_tallies()
    assert len(said) == 1
    assert TallyRun.objects.filter(checked=True).exists()


def test_the_check_finds_a_count_that_stands_at_a_wrong_place(cast):
    plan_of("guru", "99000001")
    folded()
    Tally.objects.filter(path="32.d.76").update(parent="32.m")
    with system():
        assert tallies.check() > 0
        assert tallies.drift() == 0


def test_the_command_counts_everything_anew(cast, capsys):
    plan_of("guru", "99000001")
    call_command("recount_plans")
    assert "hitungan dibuat ulang" in capsys.readouterr().out
    assert Tally.objects.filter(path="id", dimension="plan", count=1).exists()
