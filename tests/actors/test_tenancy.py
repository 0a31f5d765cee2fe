"""The wall, seen through the actors' own scopes."""

import pytest
from django.db import ProgrammingError, connection, transaction

from coordination.actors.models import School
from coordination.actors.tenancy import paths
from coordination.actors.tenancy.scope import Scope, ScopeError, enter

SEEN = {
    "pusat": {"99000001", "99000002", "99000003", "99000004", "99000005", "99000006", "99000007"},
    "upt_jabar": {"99000001", "99000002", "99000003", "99000004"},
    "upt_kaltim": {"99000005", "99000006"},
    "upt_papua": {"99000007"},
    "dinas_depok": {"99000001", "99000002"},
    "dinas_jabar": {"99000003"},
    "dinas_balikpapan": {"99000005"},
    "kepsek": {"99000001"},
    "guru": {"99000001"},
    "pengawas": {"99000001"},
    "mitra": {"99000002"},
    "outsider": set(),
}


@pytest.mark.parametrize("name", SEEN)
def test_each_role_sees_exactly_the_schools_of_its_area(cast, name):
    with cast.actor(name).entered():
        assert set(School.objects.values_list("npsn", flat=True)) == SEEN[name]


@pytest.mark.parametrize("name", SEEN)
def test_an_actor_covers_a_path_exactly_when_the_database_shows_it(cast, name):
    everything = list(School.objects.values_list("npsn", "path"))
    actor = cast.actor(name)
    assert {npsn for npsn, path in everything if actor.covers(path)} == SEEN[name]


def test_a_scope_inside_a_scope_is_refused(cast):
    with cast.actor("dinas_depok").entered(), pytest.raises(ScopeError), cast.actor("pusat").entered():
        pass


def test_a_row_cannot_be_written_into_a_foreign_area(cast):
    with cast.actor("dinas_depok").entered(), pytest.raises(ProgrammingError, match="row-level security"):
        with transaction.atomic():
            School.objects.create(
                npsn="99009999",
                name="Sekolah di luar",
                bentuk="SD",
                level="d",
                status="negeri",
                provinsi_id="64",
                kabkota_id="64.71",
                path="64.d.71.03/99009999",
            )


def test_the_role_of_the_outer_transaction_comes_back(cast):
    with cast.actor("dinas_depok").entered():
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == "portal_own"


@pytest.mark.parametrize("bad", ["32.d.76-1", "32.d.76/", "", "32 d", "32.d.76/a/b", "32.D.76"])
def test_a_path_outside_the_grammar_is_refused(bad):
    with pytest.raises(ValueError, match="not a path"):
        paths.check(bad)


def test_areas_that_begin_alike_do_not_overlap():
    low, high = paths.area("32.d.7")
    assert not low <= "32.d.76.01/99000001" < high
    low, high = paths.area("u.bbgp")
    assert not low <= "u.bbgp_jabar" < high


def test_a_scope_with_too_many_ranges_is_refused():
    with pytest.raises(ScopeError):
        Scope("portal_one", ranges=(paths.area("32"), paths.area("64")))


def test_an_unknown_role_is_refused():
    with pytest.raises(ScopeError):
        Scope("postgres")


def test_nobody_sees_nothing(db):
    from coordination.actors.tenancy.scope import NOBODY

    with enter(NOBODY):
        assert not School.objects.exists()
