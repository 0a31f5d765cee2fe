"""Notices are kept as long as they serve somebody."""

from datetime import timedelta

from django.utils import timezone

from coordination.actors.models import User
from coordination.notices.models import Notice
from coordination.notices.tasks import clear_old_notices


def notice(period: str, days: int, **more) -> Notice:
    """A notice that is that many days old."""
    user = User.objects.get(username="guru")
    made = Notice.objects.create(
        **{"user": user, "kind": "announcement", "period": period, "channel": "app", "state": "sent", **more}
    )
    at = timezone.now() - timedelta(days=days)
    read = at if more.get("channel", "app") == "app" and not period.startswith("unread") else None
    Notice.objects.filter(pk=made.pk).update(created_at=at, read_at=read)
    return made


def test_read_and_sent_notices_go_after_the_days_of_the_setting(cast, settings, monkeypatch):
    monkeypatch.setattr("coordination.notices.services.retention.BATCH", 2)
    monkeypatch.setattr("coordination.notices.tasks.BATCH", 2)
    for number in range(3):
        notice(f"old-{number}", 401)
    notice("old-mail", 401, channel="mail")
    stays = [
        notice("new", 399),
        notice("unread", 900),
        notice("failed", 900, channel="mail", state="failed"),
        notice("doubtful", 900, channel="mail", state="doubtful"),
    ]
    assert clear_old_notices() == 4
    assert set(Notice.objects.all()) == set(stays)
    assert clear_old_notices() == 0
    settings.NOTICE_KEEP_DAYS = 300
    assert clear_old_notices() == 1
    assert "unread" in cast.guru.get("/pemberitahuan/").context["page_obj"][0].period
