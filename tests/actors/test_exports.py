"""Long lists as files: prepared in the background for one person in one role, kept for seven days."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from coordination.actors.models import Export, Membership
from coordination.actors.services.exports import prune_exports, stalled_exports
from coordination.actors.tasks import clear_old_exports, run_export, tend_exports
from tests.asked import asked
from tests.kombel.make import make_antar, make_kombel, many

URL = "/kombel/unduh/"


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Lists of more than five rows are long, and three rows are a piece."""
    monkeypatch.setattr("kombel.views.listing.EXPORT_MOST", 5)
    monkeypatch.setattr("coordination.actors.services.exports.PIECE", 3)


@pytest.fixture
def ask(cast, django_capture_on_commit_callbacks):
    """Ask for the list of kombel as one of the cast, and let the worker do it."""

    def _ask(name: str, query: str = "", *, work: bool = True, token: str = "") -> Export:
        with django_capture_on_commit_callbacks(execute=work):
            answer = cast.client(name).post(f"{URL}{query}", {"token": token or str(uuid4())})
        assert answer.status_code == 302, answer.text
        return Export.objects.get(pk=int(answer.url.split("/")[-2]))

    return _ask


def content(client, export: Export) -> str:
    answer = client.get(f"/unduhan/{export.pk}/berkas.csv")
    assert answer["Content-Disposition"] == f'attachment; filename="{export.filename}"'
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_a_short_list_comes_at_once_and_a_long_one_is_offered_as_a_job(cast):
    many(5)
    assert cast.dinas_depok.get(URL)["Content-Disposition"].startswith("attachment")
    make_kombel(name="Kombel Contoh keenam")
    page = cast.dinas_depok.get(f"{URL}?jenis=dalam")
    assert "lebih dari 5 baris" in page.text
    assert f'action="{URL}?jenis=dalam"' in page.text
    assert not Export.objects.exists(), "asking is a POST"


def test_the_file_holds_the_area_and_the_filters_in_the_order_of_the_list(cast, ask):
    kombel = many(7)
    make_antar()
    make_kombel("99000005", name="Kombel Contoh Balikpapan")
    export = ask("dinas_depok", "?jenis=dalam")
    assert (export.state, export.total, export.done) == ("done", 7, 7)
    lines = content(cast.dinas_depok, export).splitlines()
    assert lines[0].startswith("nama,jenis,jenjang,npsn")
    assert [line.split(",")[0] for line in lines[1:]] == [one.name for one in kombel]
    page = cast.dinas_depok.get(f"/unduhan/{export.pk}/")
    assert "7 baris. Berkas ini disimpan sampai" in page.text
    assert "Refresh" not in page
    assert export.filename in cast.dinas_depok.get("/unduhan/").text


def test_a_formula_stays_text_and_a_mitra_reads_no_names(cast, ask):
    for number in range(6):
        make_kombel("99000002", name=f"=HYPERLINK({number})", penggerak="Ibu Rahasia")
    assert "Ibu Rahasia" in content(cast.dinas_depok, ask("dinas_depok"))
    text = content(cast.mitra, ask("mitra"))
    assert "Ibu Rahasia" not in text
    assert text.count("'=HYPERLINK(") == 6


def test_progress_is_shown_and_renews_itself_without_a_script(cast, ask):
    many(6)
    export = ask("dinas_depok", work=False)
    Export.objects.update(state="running", done=3200, total=12000)
    page = cast.dinas_depok.get(f"/unduhan/{export.pk}/")
    assert "Menyiapkan… 3.200 dari 12.000. Anda boleh menutup halaman." in page.text
    assert page["Refresh"] == "3"
    assert "Refresh" not in cast.dinas_depok.get(f"/unduhan/{export.pk}/?diam=1")
    assert cast.dinas_depok.get(f"/unduhan/{export.pk}/berkas.csv").status_code == 404


def test_a_file_is_its_askers_alone(cast, ask):
    many(6)
    export = ask("dinas_depok")
    for name in ("dinas_depok_head", "upt_jabar", "admin", "kepsek", "outsider"):
        for part in ("", "berkas.csv"):
            assert cast.client(name).get(f"/unduhan/{export.pk}/{part}").status_code == 404
        assert export.filename not in cast.client(name).get("/unduhan/").text
    assert cast.outsider.post(URL, {"token": str(uuid4())}).status_code == 403


def test_a_double_click_and_an_impatient_second_wish_make_one_file(ask):
    many(6)
    token = str(uuid4())
    first = ask("dinas_depok", work=False, token=token)
    assert ask("dinas_depok", work=False, token=token) == first
    assert ask("dinas_depok", work=False) == first
    assert ask("dinas_depok", "?jenis=dalam", work=False) != first


def test_a_lost_message_is_taken_up_and_a_broken_one_given_up(cast, ask):
    many(6)
    export = ask("dinas_depok", work=False)
    assert stalled_exports() == []
    Export.objects.update(touched_at=timezone.now() - timedelta(minutes=4))
    tend_exports()
    export.refresh_from_db()
    assert export.state == "done"
    Export.objects.update(state="running", run=3, touched_at=timezone.now() - timedelta(minutes=4))
    tend_exports()
    assert "tidak bisa disiapkan" in cast.dinas_depok.get(f"/unduhan/{export.pk}/").text


def test_a_role_that_ended_meanwhile_gets_no_file(cast, ask):
    many(6)
    export = ask("dinas_depok", work=False)
    acting = Membership.objects.get(user__username="dinas_depok")
    Membership.objects.filter(pk=acting.pk).update(until="2026-01-01")
    run_export(export.pk, acting.user_id, acting.pk)
    export.refresh_from_db()
    assert (export.state, export.file) == ("failed", "")


def test_a_second_run_of_a_finished_export_changes_nothing(ask):
    many(6)
    export = ask("dinas_depok")
    run_export(export.pk, export.user_id, export.membership_id)
    again = Export.objects.get(pk=export.pk)
    assert (again.file, again.run) == (export.file, 1)


def test_files_older_than_seven_days_are_removed(ask):
    many(6)
    old, new = ask("dinas_depok"), ask("dinas_depok", "?jenis=dalam")
    Export.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=8))
    assert clear_old_exports() == 1
    assert not default_storage.exists(old.file)
    assert default_storage.exists(new.file)
    assert prune_exports() == 0


def test_the_list_of_files_asks_the_same_few_questions_however_long_it_is(cast, ask):
    many(6)
    export = ask("dinas_depok")

    few = len(asked(cast.dinas_depok, "/unduhan/"))
    for number in range(19):
        Export.objects.create(
            user=export.user, membership_id=export.membership_id, kind="komunitas", filename=f"contoh-{number}.csv"
        )
    assert len(asked(cast.dinas_depok, "/unduhan/")) == few <= 8
