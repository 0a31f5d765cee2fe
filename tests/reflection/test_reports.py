"""Writing, sending, returning and reopening a report (RF-6, RF-7, RF-10), by the services."""

from datetime import UTC, datetime

import pytest
from django.db import ProgrammingError, connection, transaction

from coordination.actors.errors import Conflict, NotAllowed, Refusal
from coordination.actors.models import Change, User
from coordination.actors.tenancy.scope import granted
from reflection.models import (
    Component,
    Decision,
    Kind,
    Obligation,
    PendingGrant,
    Priority,
    Report,
    ReportedPriority,
    ReportVersion,
)
from reflection.selectors.drafts import draft_of, gaps_of
from reflection.services.decisions import accept_report, reopen_report, return_report
from reflection.services.grants import add_collaborator, claim_pending_grants, name_pj, remove_collaborator
from reflection.services.reports import move_priority, start_from_last, start_report
from reflection.services.submission import fingerprint, submit_report

from .reports import fill, make_cycles, obligation, send, start, write

pytestmark = pytest.mark.usefixtures("in_november")


@pytest.fixture
def report(cast):
    make_cycles()
    return start(cast)


def test_a_report_begins_with_six_components_of_five_places_and_its_beginner_as_pj(report):
    assert list(report.components.values_list("kind", flat=True)) == list(Kind.values)
    assert Priority.objects.filter(report=report).count() == 30
    assert report.pj.username == "upt_jabar"
    assert report.path == "u.bbgp_jabar"


def test_beginning_twice_gives_the_same_report(report, cast):
    with cast.actor("upt_jabar_head").entered() as actor:
        assert start_report(actor=actor, obligation=obligation()) == report
    assert Report.objects.count() == 1


@pytest.mark.parametrize("name", ["upt_jabar_staff", "pmp_jabar", "pusat", "admin"])
def test_only_head_and_coordinator_of_the_upt_begin_its_report(report, cast, name):
    owed = obligation(cycle="2026-4")
    with cast.actor(name).entered() as actor, pytest.raises(NotAllowed):
        start_report(actor=actor, obligation=owed)


@pytest.mark.parametrize("name", ["upt_jabar_staff", "upt_jabar_head"])
def test_staff_of_the_upt_who_are_not_registered_read_only(report, cast, name):
    with cast.actor(name).entered() as actor:
        assert Report.objects.visible_to(actor).get() == report
        with pytest.raises(NotAllowed):
            write(actor, report, Kind.BAIK, {1: "coba"})


def test_a_registered_colleague_writes_and_sends(report, cast):
    with cast.actor("upt_jabar").entered() as actor:
        add_collaborator(actor=actor, report=report, email="UPT_Jabar_Staff@contoh.id")
    fill(cast, report, "upt_jabar_staff")
    assert send(cast, report, "upt_jabar_staff").number == 1


def test_an_old_base_is_a_conflict_with_both_versions(report, cast):
    with cast.actor("upt_jabar").entered() as actor:
        add_collaborator(actor=actor, report=report, email="upt_jabar_staff@contoh.id")
        write(actor, report, Kind.BAIK, {1: "punya koordinator"}, version=1)
    with cast.actor("upt_jabar_staff").entered() as actor:
        with pytest.raises(Conflict) as told:
            write(actor, report, Kind.BAIK, {1: "punya staf"}, version=1)
        assert told.value.mine["texts"][1] == "punya staf"
        assert told.value.theirs["texts"][1] == "punya koordinator"
        assert "Upt Jabar" in told.value.message
        assert write(actor, report, Kind.BAIK, {1: "punya koordinator"}, version=1).version == 2


def test_saving_the_same_twice_makes_no_new_version(report, cast):
    with cast.actor("upt_jabar").entered() as actor:
        assert write(actor, report, Kind.RTL, {1: "a  b "}).version == 2
        assert write(actor, report, Kind.RTL, {1: "a b"}).version == 2


def test_moving_a_risk_takes_its_mitigation_along(report, cast):
    with cast.actor("upt_jabar").entered() as actor:
        write(actor, report, Kind.RISIKO, {1: "risiko a", 2: "risiko b"})
        write(actor, report, Kind.MITIGASI, {1: "jawab a", 2: "jawab b"})
        move_priority(actor=actor, report=report, kind=Kind.RISIKO, rank=2, to=1)
        parts = {part.kind: part.texts for part in draft_of(report)}
    assert parts[Kind.RISIKO][1] == "risiko b"
    assert parts[Kind.MITIGASI][1] == "jawab b"


def test_each_gap_is_named(report, cast):
    with cast.actor("upt_jabar").entered() as actor:
        for kind in (Kind.BAIK, Kind.DITINGKATKAN, Kind.DAMPAK):
            write(actor, report, kind, {rank: f"{kind} {rank}" for rank in range(1, 6)})
        write(actor, report, Kind.RTL, {1: "satu", 3: "tiga"}, reason_fewer="hanya dua")
        write(actor, report, Kind.RISIKO, {1: "satu", 2: "dua"}, reason_fewer="hanya dua")
        write(actor, report, Kind.MITIGASI, {1: "satu", 3: "tiga"})
        found = [(gap.kind, gap.message) for gap in gaps_of(draft_of(report))]
        with pytest.raises(Refusal, match="belum lengkap"):
            submit_report(actor=actor, report=report)
    assert found == [
        ("rtl", "Nomor 2 kosong, padahal nomor 3 terisi."),
        ("mitigasi", "Nomor 2 kosong, padahal nomor 3 terisi."),
        ("mitigasi", "Risiko 2 belum punya mitigasi."),
        ("mitigasi", "Mitigasi 3 tidak punya risiko."),
    ]


def test_fewer_than_five_needs_a_reason_and_mitigations_follow_the_risks(report, cast):
    fill(cast, report)
    with cast.actor("upt_jabar").entered() as actor:
        three = {1: "a", 2: "b", 3: "c"}
        write(actor, report, Kind.RISIKO, three)
        write(actor, report, Kind.MITIGASI, three)
        assert [gap.kind for gap in gaps_of(draft_of(report))] == ["risiko"]
        write(actor, report, Kind.RISIKO, three, reason_fewer="Hanya tiga risiko yang muncul")
        assert gaps_of(draft_of(report)) == []


def test_what_is_sent_is_a_copy_that_no_role_can_change(report, cast):
    fill(cast, report)
    version = send(cast, report)
    assert [part["kind"] for part in version.content["components"]] == list(Kind.values)
    assert all(len(part["priorities"]) == 5 for part in version.content["components"])
    assert ReportedPriority.objects.filter(report=report).count() == 30
    assert Obligation.objects.get(pk=report.pk).submitted_at == version.submitted_at
    for name in ("upt_jabar", "admin"):
        with cast.actor(name).entered(), pytest.raises(ProgrammingError), transaction.atomic():
            ReportVersion.objects.filter(pk=version.pk).update(content={})
        with cast.actor(name).entered(), pytest.raises(ProgrammingError), transaction.atomic():
            ReportVersion.objects.filter(pk=version.pk)._raw_delete("default")


def test_what_was_not_seen_on_the_check_page_is_not_sent(report, cast):
    fill(cast, report)
    with cast.actor("upt_jabar").entered() as actor:
        seen = fingerprint(draft_of(report))
        write(actor, report, Kind.RTL, {rank: f"baru {rank}" for rank in range(1, 6)})
        with pytest.raises(Refusal, match="berubah"):
            submit_report(actor=actor, report=report, seen=seen)


def test_sending_twice_is_refused_the_second_time(report, cast):
    fill(cast, report)
    send(cast, report)
    with pytest.raises(Refusal, match="tidak bisa dilakukan"):
        send(cast, report)
    assert ReportVersion.objects.count() == 1


def test_pusat_never_reads_a_draft(report, cast):
    fill(cast, report, word="rahasia")
    for name in ("pusat", "admin"):
        with cast.actor(name).entered() as actor:
            assert not Report.objects.visible_to(actor).exists()
            for model in (Component, Priority):
                assert not model.objects.visible_to(actor).exists()
                with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                    list(model.objects.all())
    send(cast, report)
    with cast.actor("pusat").entered() as actor:
        assert Report.objects.visible_to(actor).exists()
        assert ReportVersion.objects.visible_to(actor).get().content["components"][0]["priorities"][0]["text"]
    # Nor through the history of the tables.
    assert not Change.objects.filter(subject="reflection_priority").exists()


def test_a_return_opens_only_the_noted_components_and_risk_with_mitigation(report, cast):
    fill(cast, report)
    send(cast, report)
    with cast.actor("admin").entered() as actor:
        return_report(
            actor=actor, report=report, version=1, comments={"rtl": "Sebutkan tanggalnya", "risiko": "Kurang"}
        )
    report.refresh_from_db()
    assert (report.state, report.open_kinds) == ("dikembalikan", ["rtl", "risiko", "mitigasi"])
    with cast.actor("upt_jabar").entered() as actor:
        write(actor, report, Kind.RTL, {rank: f"15 Mei {rank}" for rank in range(1, 6)})
        with pytest.raises(Refusal, match="terkunci"):
            write(actor, report, Kind.BAIK, {1: "x"})
    assert send(cast, report).number == 2
    assert ReportedPriority.objects.get(report=report, kind="rtl", rank=1).text == "15 Mei 1"


def test_the_first_sending_counts_for_punctuality(report, cast):
    fill(cast, report)
    first = send(cast, report)
    with cast.actor("admin").entered() as actor:
        return_report(actor=actor, report=report, version=1, comments={"rtl": "Lengkapi"})
    send(cast, report)
    assert Obligation.objects.get(pk=report.pk).submitted_at == first.submitted_at


def test_a_return_needs_a_comment_and_the_last_version(report, cast):
    fill(cast, report)
    send(cast, report)
    with cast.actor("admin").entered() as actor:
        with pytest.raises(Refusal, match="sedikitnya satu"):
            return_report(actor=actor, report=report, version=1, comments={"rtl": "  "})
        with pytest.raises(Refusal, match="versi 1"):
            accept_report(actor=actor, report=report, version=2)


def test_an_accepted_report_is_reopened_only_with_a_reason(report, cast):
    fill(cast, report)
    send(cast, report)
    with cast.actor("admin").entered() as actor:
        accept_report(actor=actor, report=report, version=1)
        with pytest.raises(Refusal, match="Alasan"):
            reopen_report(actor=actor, report=report, version=1, reason=" ")
        reopen_report(actor=actor, report=report, version=1, reason="Data kombel diperbaiki")
    report.refresh_from_db()
    assert (report.state, report.open_kinds) == ("dikembalikan", list(Kind.values))
    assert list(Decision.objects.values_list("verb", "reason")) == [
        ("accept", ""),
        ("reopen", "Data kombel diperbaiki"),
    ]


@pytest.mark.parametrize("name", ["pusat", "upt_jabar_head"])
def test_only_an_admin_of_pusat_decides(report, cast, name):
    fill(cast, report)
    send(cast, report)
    with cast.actor(name).entered() as actor, pytest.raises(NotAllowed):
        accept_report(actor=actor, report=report, version=1)


def test_a_collaborator_from_outside_writes_this_report_sees_nothing_else_and_cannot_send(report, cast):
    other = start(cast, cycle="2026-4")
    with cast.actor("upt_jabar").entered() as actor:
        guest = add_collaborator(actor=actor, report=report, email="pmp_jabar@contoh.id")
        assert guest.outside
    fill(cast, other, word="lain")
    actor = cast.actor("pmp_jabar")
    with actor.entered():
        assert not Report.objects.exists()
        with granted([report.pk]):
            assert list(Report.objects.all()) == [report]
            assert set(Priority.objects.values_list("report_id", flat=True)) == {report.pk}
            assert list(Obligation.objects.values_list("pk", flat=True)) == [report.pk]
            write(actor, report, Kind.BAIK, {1: "dari tamu"})
            with pytest.raises(NotAllowed):
                submit_report(actor=actor, report=report)
            with pytest.raises(NotAllowed):
                add_collaborator(actor=actor, report=report, email="guru@contoh.id")
            with connection.cursor() as cursor, pytest.raises(ProgrammingError), transaction.atomic():
                cursor.execute("SELECT 1 FROM actors_membership")
        assert not Report.objects.exists()


def test_an_address_without_an_account_gets_the_right_at_its_first_login(report, cast):
    with cast.actor("upt_jabar").entered() as actor:
        add_collaborator(actor=actor, report=report, email="Baru@contoh.id")
        add_collaborator(actor=actor, report=report, email="baru@contoh.id")
    assert PendingGrant.objects.count() == 1
    User.objects.create_user("baru", "baru@contoh.id", name="Orang Baru")
    actor = cast_actor("baru")
    with actor.entered():
        assert claim_pending_grants(actor=actor) == 1
        assert claim_pending_grants(actor=actor) == 0
        with granted([report.pk]):
            write(actor, report, Kind.BAIK, {1: "dari orang baru"})
    assert not PendingGrant.objects.exists()


def test_the_list_of_reports_gives_a_waiting_right_to_whom_it_is_opened_by(report, cast):
    with cast.actor("upt_jabar").entered() as actor:
        add_collaborator(actor=actor, report=report, email="baru@contoh.id")
    cast.guru.force_login(User.objects.create_user("baru", "baru@contoh.id", name="Orang Baru"))
    assert f"/laporan/{report.pk}/" in cast.guru.get("/laporan/").text
    assert not PendingGrant.objects.exists()


def test_who_is_taken_off_the_list_writes_no_more(report, cast):
    with cast.actor("upt_jabar").entered() as actor:
        colleague = add_collaborator(actor=actor, report=report, email="upt_jabar_staff@contoh.id")
        remove_collaborator(actor=actor, collaborator=colleague)
        with pytest.raises(Refusal, match="Penanggung jawab"):
            remove_collaborator(actor=actor, collaborator=report.collaborators.get(user=actor.user))
    with cast.actor("upt_jabar_staff").entered() as actor, pytest.raises(NotAllowed):
        write(actor, report, Kind.BAIK, {1: "x"})


def test_the_head_names_another_pj(report, cast):
    with cast.actor("upt_jabar_head").entered() as actor:
        one = add_collaborator(actor=actor, report=report, email="upt_jabar_staff@contoh.id")
        assert name_pj(actor=actor, report=report, collaborator=one).pj.username == "upt_jabar_staff"
    with cast.actor("upt_jabar").entered() as actor, pytest.raises(NotAllowed):
        add_collaborator(actor=actor, report=report, email="guru@contoh.id")


def test_a_new_report_starts_from_what_was_sent_last(report, cast):
    before = start(cast, cycle="2026-4")
    fill(cast, before, word="dulu")
    send(cast, before)
    with cast.actor("upt_jabar").entered() as actor:
        write(actor, report, Kind.BAIK, {1: "sudah ditulis"})
        assert start_from_last(actor=actor, report=report) == 5
        parts = {part.kind: part.texts for part in draft_of(report)}
    assert parts[Kind.BAIK][1] == "sudah ditulis"
    assert parts[Kind.RTL][2] == "dulu rtl 2"


@pytest.mark.parametrize(
    "name", ["pmp_jabar", "upt_kaltim", "dinas_jabar", "dinas_depok", "mitra", "kepsek", "outsider"]
)
def test_a_sent_report_is_nobody_elses_business(report, cast, name):
    fill(cast, report)
    send(cast, report)
    actor = cast.actor(name)
    with actor.entered():
        for model in (Report, ReportVersion, ReportedPriority, Obligation):
            assert not model.objects.visible_to(actor).filter(path="u.bbgp_jabar").exists()
            assert not model.objects.filter(path="u.bbgp_jabar").exists()


def test_a_report_before_its_cycle_opens_is_refused(report, cast):
    owed = obligation(cycle="2026-6")
    owed.cycle.opens_on = datetime(2099, 1, 1, tzinfo=UTC).date()
    with cast.actor("upt_jabar").entered() as actor, pytest.raises(Refusal, match="belum dibuka"):
        start_report(actor=actor, obligation=owed)


def cast_actor(username: str):
    from coordination.actors.actor import actor_for

    return actor_for(User.objects.get(username=username))
