"""The bell's list, one's own settings, and what Pusat decides about e-mails that did not arrive."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coordination.actors.models import User
from coordination.notices.models import Notice, Preference, Reminder


@pytest.fixture(autouse=True)
def fresh_count():
    cache.clear()


def give(username, period, **more):
    values = {"kind": "announcement", "channel": "app", "state": "sent", "subject": f"Kabar {period}"}
    return Notice.objects.create(user=User.objects.get(username=username), period=period, **values | more)


def trouble(username, period="1", state="doubtful"):
    return give(username, period, channel="mail", state=state, reason="550 5.1.1 tidak ada")


def test_the_bell_counts_what_is_unread_and_reading_takes_it_off(cast):
    notice = give("guru", "1", url="/gaya/")
    assert "belum dibaca:" in cast.guru.get("/").content.decode()
    answer = cast.guru.post(f"/pemberitahuan/{notice.pk}/", {"open": "1"})
    assert (answer.status_code, answer.url) == (302, "/gaya/")
    assert "belum dibaca:" not in cast.guru.get("/").content.decode()


def test_the_bell_counts_no_further_than_99(cast):
    for number in range(99):
        give("guru", str(number))
    assert "<b>99</b>" in cast.guru.get("/").text
    give("guru", "one more")
    assert "<b>99+</b>" in cast.guru.get("/").text


def test_opening_a_notice_by_link_changes_nothing(cast):
    notice = give("guru", "1")
    assert cast.guru.get(f"/pemberitahuan/{notice.pk}/").status_code == 405
    assert Notice.objects.get().read_at is None


def test_all_can_be_marked_read_at_once_and_only_ones_own(cast):
    give("guru", "1")
    give("guru", "2")
    other = give("kepsek", "1")
    page = cast.guru.post("/pemberitahuan/dibaca/", follow=True).content.decode()
    assert "2 pemberitahuan ditandai sudah dibaca." in page
    assert list(Notice.objects.filter(read_at=None)) == [other]


def test_somebody_elses_notice_is_as_absent_as_one_that_does_not_exist(cast):
    foreign = cast.guru.post(f"/pemberitahuan/{give('kepsek', '1').pk}/")
    absent = cast.guru.post("/pemberitahuan/999999/")
    assert foreign.status_code == absent.status_code == 404


def test_even_pusats_admin_does_not_open_somebody_elses_notice(cast):
    assert cast.admin.post(f"/pemberitahuan/{give('guru', '1').pk}/").status_code == 404


def test_a_list_of_one_costs_the_same_statements_as_a_list_of_twenty(cast):
    def statements():
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert cast.guru.get("/pemberitahuan/").status_code == 200
        return len(seen)

    give("guru", "0")
    cast.guru.get("/pemberitahuan/")
    one = statements()
    for number in range(1, 20):
        give("guru", str(number))
    assert statements() == one


def test_the_list_of_reminders_costs_the_same_for_one_and_for_twenty(cast):
    def remind(number):
        now = timezone.now()
        Reminder.objects.create(
            path="u.bbgp_jabar", topic=f"uji:{number}", step="due_1", anchor_on=now.date(), about="Laporan contoh",
            planned_at=now, decided_at=now, outcome="sent",
        )  # fmt: skip

    def statements():
        cache.clear()
        with CaptureQueriesContext(connection) as seen:
            assert "1 hari sebelum batas" in cast.upt_jabar.get("/pemberitahuan/pengingat/").content.decode()
        return len(seen)

    remind(0)
    cast.upt_jabar.get("/pemberitahuan/pengingat/")
    one = statements()
    for number in range(1, 20):
        remind(number)
    assert statements() == one


def test_reminders_of_another_upt_are_not_shown(cast):
    now = timezone.now()
    row = {"step": "due_1", "anchor_on": now.date(), "planned_at": now, "decided_at": now, "outcome": "sent"}
    Reminder.objects.create(path="u.bbgp_jabar", topic="a", about="Laporan Jabar", **row)
    assert "Laporan Jabar" not in cast.upt_kaltim.get("/pemberitahuan/pengingat/").content.decode()
    assert "Laporan Jabar" in cast.pusat.get("/pemberitahuan/pengingat/").content.decode()
    assert cast.guru.get("/pemberitahuan/pengingat/").status_code == 403


def test_settings_keep_language_and_the_kinds_without_mail(cast):
    page = cast.guru.post("/pemberitahuan/pengaturan/", {"language": "en", "mail_on": ["report_reminder"]}, follow=True)
    assert "Pengaturan pemberitahuan tersimpan." in page.content.decode()
    kept = Preference.objects.get(user__username="guru")
    assert kept.language == "en"
    assert "announcement" in kept.mail_off
    assert "report_reminder" not in kept.mail_off


def test_settings_refuse_what_is_not_offered(cast):
    answer = cast.guru.post("/pemberitahuan/pengaturan/", {"language": "fr", "mail_on": ["lain"]})
    assert answer.status_code == 400
    assert not Preference.objects.exists()


def test_only_pusats_admins_see_what_did_not_arrive(cast):
    trouble("guru")
    assert "550 5.1.1 tidak ada" in cast.admin.get("/pemberitahuan/surel-bermasalah/").content.decode()
    assert cast.pusat.get("/pemberitahuan/surel-bermasalah/").status_code == 403
    assert cast.upt_jabar.get("/pemberitahuan/surel-bermasalah/").status_code == 403


@pytest.mark.parametrize(
    ("verdict", "state"), [("retry", "pending"), ("arrived", "sent"), ("drop", "skipped"), ("", "doubtful")]
)
def test_an_admin_decides_about_a_doubtful_mail(cast, verdict, state):
    notice = trouble("guru")
    answer = cast.admin.post(f"/pemberitahuan/surel-bermasalah/{notice.pk}/", {"verdict": verdict})
    assert answer.status_code == 302
    notice.refresh_from_db()
    assert notice.state == state
    assert notice.settled_by_id == (User.objects.get(username="admin").pk if verdict else None)


def test_a_mail_that_arrived_is_nobodys_to_settle(cast):
    notice = give("guru", "1", channel="mail", state="sent")
    assert cast.admin.post(f"/pemberitahuan/surel-bermasalah/{notice.pk}/", {"verdict": "retry"}).status_code == 404


def test_the_api_lists_and_reads_ones_own(cast):
    notice = give("guru", "1")
    give("kepsek", "1")
    rows = cast.guru.get("/api/v1/pemberitahuan/?unread=true").json()["results"]
    assert [row["title"] for row in rows] == ["Kabar 1"]
    assert cast.guru.post(f"/api/v1/pemberitahuan/{notice.pk}/dibaca/").json()["read_at"]
    assert cast.guru.get("/api/v1/pemberitahuan/?unread=true").json()["results"] == []
    assert cast.kepsek.post("/api/v1/pemberitahuan/dibaca/").json() == {"count": 1}
