"""The holes and traps of row-level security, one by one: each was met once and is closed here."""

import json
import re

import pytest
from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import path

from coordination.actors.actor import actor_by_ids, actor_for, nobody, system
from coordination.actors.models import ApiToken, Membership, Reach, School, User
from coordination.actors.tenancy import paths
from coordination.actors.tenancy.enclose import PERSONAL, TERRITORY, Enclose
from coordination.actors.tenancy.scope import Scope, ScopeError, current, enter, granted
from coordination.actors.tokens import digest
from tests.test_catalogue import ENCLOSURES

FAR = "99000005"
"""A school of Balikpapan, which nobody in Depok sees."""


def role_now() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


# 1


def test_a_person_without_a_role_gets_a_scope_that_shows_nothing(cast):
    with cast.actor("outsider").entered():
        assert role_now() == "portal_one"
        assert not School.objects.exists()
        assert not Membership.objects.exists()


def test_a_visitor_gets_a_scope_too(db):
    with nobody():
        assert role_now() == "portal_one"
        assert not School.objects.exists()


# 2


def test_the_owner_sees_every_row_so_that_data_migrations_do_not_silently_do_nothing(db):
    assert role_now() == "portal_own"
    assert School.objects.count() >= 7


# 3


def test_a_row_cannot_be_tied_to_a_stranger_by_its_id(cast):
    """A foreign key check ignores the wall, so the key holds the path as well."""
    far = School.objects.get(npsn=FAR)
    depok = School.objects.get(npsn="99000001")
    with cast.actor("dinas_depok").entered(), pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            user=User.objects.get(username="guru"), role="guru", school_id=far.pk, path=depok.path, starts="2026-01-01"
        )


def test_a_strangers_id_and_an_absent_one_are_refused_in_the_same_words(cast):
    far = School.objects.get(npsn=FAR)
    depok = School.objects.get(npsn="99000001")
    guru = User.objects.get(username="guru")
    told = set()
    with cast.actor("dinas_depok").entered():
        for pk in (far.pk, 987654):
            with pytest.raises(IntegrityError) as refused, transaction.atomic():
                Membership.objects.create(user=guru, role="guru", school_id=pk, path=depok.path, starts="2026-01-01")
            told.add(refused.value.__cause__.diag.message_detail.replace(str(pk), "…"))
    assert len(told) == 1


# 4 and 5 (views, materialised views) are held by tests/test_catalogue.py; here is why they matter


@pytest.mark.parametrize(("options", "seen"), [("", 7), ("WITH (security_invoker = true)", 2)])
def test_a_view_sees_with_its_owners_eyes_unless_told_otherwise(cast, options, seen):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE VIEW seen {options} AS SELECT * FROM actors_school")
        cursor.execute("GRANT SELECT ON seen TO portal_one")
        with cast.actor("dinas_depok").entered():
            cursor.execute("SELECT count(*) FROM seen")
            assert cursor.fetchone()[0] == seen


# 6


def test_releasing_a_savepoint_keeps_the_scope(cast):
    with cast.actor("dinas_depok").entered():
        with transaction.atomic():
            School.objects.count()
        assert role_now() == "portal_one"
        assert School.objects.count() == 2


def test_rolling_back_to_a_savepoint_keeps_the_scope(cast):
    with cast.actor("dinas_depok").entered():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            raise ZeroDivisionError
        assert role_now() == "portal_one"


def test_an_error_inside_a_scope_leaves_no_scope_behind(cast):
    with pytest.raises(ZeroDivisionError), cast.actor("dinas_depok").entered():
        raise ZeroDivisionError
    assert current() is None
    assert role_now() == "portal_own"


# 7


@pytest.mark.parametrize("name", ["dinas_depok", "upt_jabar", "kepsek", "pusat"])
def test_a_policy_does_not_repeat_the_walls_own_range(cast, name):
    actor = cast.actor(name)
    for enclosed in ENCLOSURES:
        if enclosed.how.kind == TERRITORY:
            rows = enclosed.model.objects.visible_to(actor)
            try:
                asked = str(rows.query)
            except EmptyResultSet:
                # They see none of these, so there is no question.
                continue
            assert '."path" >' not in asked, enclosed.table


# 8


KEPT = {
    r"kombel:packs": "Pusat's rules, the same for everybody",
}
"""What the portal keeps in its cache, and why nobody meets another's entry."""


def test_a_cache_between_two_areas_carries_the_tenant(cast):
    cache.clear()
    for name in ("admin", "upt_jabar", "dinas_depok"):
        cast.client(name).get("/")
        cast.client(name).get("/kombel/")
    unknown = [key for key in cache._cache if not any(re.fullmatch(rf":1:{known}", key) for known in KEPT)]
    assert not unknown


def test_an_answer_may_be_kept_by_its_reader_only(cast):
    response = cast.dinas_depok.get("/kombel/")
    assert "private" in response["Cache-Control"] or "no-store" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]


# 9


def write_far_away(request):
    School.objects.filter(npsn="99000001").update(path="64.d.71.03/99000001")
    return HttpResponse("ya")


def names():
    yield from School.objects.values_list("name", flat=True)


def stream_late(request):
    return StreamingHttpResponse(names())


urlpatterns = [path("jauh/", write_far_away), path("alir/", stream_late)]


def test_what_the_wall_refuses_is_answered_with_403(cast, settings):
    settings.ROOT_URLCONF = "tests.tenancy.test_traps"
    response = cast.dinas_depok.post("/jauh/")
    assert response.status_code == 403
    assert School.objects.get(npsn="99000001").path.startswith("32.")


def test_an_answer_that_reads_rows_after_its_scope_has_ended_fails(cast, settings):
    """A generator runs when the server sends it, and by then the transaction is over."""
    settings.ROOT_URLCONF = "tests.tenancy.test_traps"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL SESSION AUTHORIZATION portal_login; SET LOCAL ROLE NONE")
    response = cast.dinas_depok.get("/alir/")
    with pytest.raises(ProgrammingError, match="permission denied"):
        list(response.streaming_content)


# 10


def plan(query: str, *values) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {query}", values)
        return json.dumps(cursor.fetchone()[0])


def test_a_scoped_query_uses_the_index_of_the_path(cast):
    with cast.actor("dinas_depok").entered():
        found = plan("SELECT * FROM actors_school ORDER BY path, id LIMIT 50")
    assert "Index" in found
    assert "app.lo0" in found.partition("Index Cond")[2].partition("Filter")[0]


def test_like_uses_no_index_for_a_scoped_person_and_starts_with_does(cast):
    """LIKE is not leakproof, so PostgreSQL asks the policy first; searches use `^@`."""
    with connection.cursor() as cursor:
        cursor.execute('CREATE INDEX probe ON actors_school (desa COLLATE "C" text_pattern_ops)')
    with cast.actor("dinas_depok").entered():
        assert "probe" not in plan("SELECT 1 FROM actors_school WHERE desa COLLATE \"C\" LIKE 'Panc%%'")
        assert "probe" in plan("SELECT 1 FROM actors_school WHERE desa COLLATE \"C\" ^@ 'Panc'")


def test_a_function_in_a_condition_does_not_see_rows_before_the_policy(cast):
    """The classical leak: an error message that quotes a row which the policy would have hidden."""
    with cast.actor("dinas_depok").entered(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM actors_school WHERE 1 / (CASE npsn WHEN %s THEN 0 ELSE 1 END) = 1", [FAR])
        assert cursor.fetchone()[0] == 2


# 11 (the suite as the real logins) is tests/tenancy/test_logins.py; 12


def test_a_task_recomputes_the_scope_from_ids(cast):
    actor = cast.actor("dinas_depok")
    again = actor_by_ids(actor.user.pk, actor.acting.id)
    assert again.scope == actor.scope


def test_a_task_for_a_role_that_has_ended_does_not_run_as_another_role(cast):
    user = User.objects.get(username="guru")
    teacher = Membership.objects.get(user=user)
    Membership.objects.create(
        user=user, role="pusat_reader", organisation_id=cast.actor("pusat").organisation_id, path="p.gtk",
        starts="2026-01-01",
    )  # fmt: skip
    Membership.objects.filter(pk=teacher.pk).update(until="2026-01-02")
    assert actor_for(user, teacher.pk).role == "pusat_reader"
    with pytest.raises(LookupError):
        actor_by_ids(user.pk, teacher.pk)


def test_a_task_for_a_deactivated_account_does_not_run(cast):
    actor = cast.actor("guru")
    User.objects.filter(pk=actor.user.pk).update(is_active=False)
    with pytest.raises(LookupError):
        actor_by_ids(actor.user.pk, actor.acting.id)


def test_a_token_of_a_role_that_has_ended_acts_as_no_role(cast):
    from coordination.actors.middleware import ActorMiddleware

    user = User.objects.get(username="guru")
    ended = Membership.objects.get(user=user)
    Membership.objects.create(
        user=user, role="pusat_reader", organisation_id=cast.actor("pusat").organisation_id, path="p.gtk",
        starts="2026-01-01",
    )  # fmt: skip
    Membership.objects.filter(pk=ended.pk).update(until="2026-01-02")
    ApiToken.objects.create(
        user=user, membership_id=ended.pk, name="lama", digest=digest("rahasia"), expires_at="2099-01-01T00:00Z"
    )
    request = RequestFactory().get("/api/v1/me/", headers={"Authorization": "Bearer rahasia"})
    request.user = user
    seen = []
    ActorMiddleware(lambda request: seen.append(request.actor) or HttpResponse())(request)
    assert seen[0].user == user
    assert seen[0].acting is None


# Further ones


def test_a_scope_never_widens(cast):
    with cast.actor("dinas_depok").entered():
        for wider in (system, nobody, cast.actor("pusat").entered):
            with pytest.raises(ScopeError), wider():
                pass


def test_a_grant_shows_one_thing_and_closes_everything_else(cast):
    with cast.actor("dinas_depok").entered():
        with granted([1]):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                School.objects.count()
        assert School.objects.count() == 2


def test_a_list_of_places_cannot_smuggle_in_another(cast):
    with pytest.raises(ValueError, match="not a path"):
        Scope("portal_list", listed=("32.d.76.01/99000001,64.d.71.03/99000005",))


def test_a_reach_that_is_no_path_is_refused_by_the_database(cast):
    reach = Reach.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Reach.objects.filter(pk=reach.pk).update(school=None, kind="record", target="32.d.76.01/1,64.d.71.03/2")


def test_a_district_officer_cannot_let_somebody_reach_a_school_of_another_district(cast):
    from coordination.actors.errors import NotAllowed
    from coordination.actors.services.memberships import assign_school

    far = School.objects.get(npsn=FAR)
    pengawas = Membership.objects.get(user__username="pengawas")
    with cast.actor("dinas_depok").entered() as actor, pytest.raises(NotAllowed):
        assign_school(actor=actor, membership=pengawas, school=far)


def test_an_area_holds_its_own_schools_down_to_the_kecamatan():
    low, high = paths.area("32.d.76.01")
    assert low <= "32.d.76.01/99000001" < high
    assert not low <= "32.d.76.02/99000002" < high
    assert not low <= "32.d.76.010/1" < high


def test_a_path_with_a_line_break_is_no_path():
    with pytest.raises(ValueError, match="not a path"):
        paths.check("32.d.76\n")


def test_a_moved_school_takes_its_people_along_and_leaves_the_old_area(cast):
    school = School.objects.get(npsn="99000001")
    with cast.actor("pusat").entered():
        School.objects.filter(pk=school.pk).update(path="32.d.16.06/99000001")
    with cast.actor("dinas_depok").entered():
        assert not Membership.objects.filter(user__username="guru").exists()
    moved = Membership.objects.get(user__username="guru")
    assert moved.path == "32.d.16.06/99000001"
    assert Reach.objects.get(membership__user__username="pengawas").target == "32.d.16.06/99000001"


TAKE_OVER = """
    INSERT INTO actors_school (npsn, name, bentuk, level, status, provinsi_id, kabkota_id, path, desa, alamat, kode_pos,
                               akreditasi, kurikulum, details, active, updated_at)
    VALUES (%s, 'x', 'SD', 'd', 'negeri', '32', '32.76', '32.d.76.01/x', '', '', '', '', '', '{}', true, now())
    ON CONFLICT (npsn) DO UPDATE SET name = 'diambil'
"""


def test_an_upsert_does_not_take_over_a_row_behind_the_wall(cast):
    with cast.actor("dinas_depok").entered(), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute(TAKE_OVER, [FAR])


def test_a_table_with_a_path_that_nobody_enclosed_is_closed_to_everybody(db):
    from coordination.actors.tenancy.roles import apply_grants

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE forgotten (id bigint, path text)")
        apply_grants()
        cursor.execute("SELECT has_table_privilege('portal_login', 'forgotten', 'SELECT')")
        assert cursor.fetchone() == (False,)


@pytest.mark.parametrize("more", [{"kind": PERSONAL}, {"kind": TERRITORY, "closed_to": ("portal_nat",)}])
def test_a_closed_table_does_not_write_its_content_into_the_open_history(more):
    with pytest.raises(ValueError, match="a history of its own"):
        Enclose("Rencana", history=True, **more)


def test_two_scopes_of_one_process_do_not_mix(cast):
    """Each thread has its own scope, as gunicorn's threads need."""
    import threading

    seen = []
    with enter(Scope("portal_nat")):
        thread = threading.Thread(target=lambda: seen.append(current()))
        thread.start()
        thread.join()
    assert seen == [None]


def test_neighbouring_provinces_are_one_range_and_others_stay_apart(cast):
    assert paths.merged(["65", "64"]) == (("64", "650"),)
    assert paths.merged(["91", "93"]) == (paths.area("91"), paths.area("93"))
    assert cast.actor("upt_kaltim").scope.role == "portal_upt"
    assert cast.actor("upt_papua").scope.role == "portal_many"
    low, high = paths.merged(["64", "65"])[0]
    assert not low <= "63.d.71.01/1" < high
    assert not low <= "66.d.71.01/1" < high


def test_a_role_with_one_range_has_no_office_beside_it():
    with pytest.raises(ScopeError):
        Scope("portal_one", own=paths.area("u.bbgp_jabar"))
