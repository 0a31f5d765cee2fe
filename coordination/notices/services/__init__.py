"""Telling people something: exactly once each, also people whom the teller cannot see.

    from coordination.notices.audience import Audience
    from coordination.notices.services import notify

    notify(
        actor=actor,                                   # who did it; left out of the recipients. None: the portal itself
        kind="report_submitted",                       # registered in the app's notice_kinds.py
        period=f"report:{report.pk}:{report.version}", # with kind and person: what may be said only once
        to=[Audience(roles=("pusat_admin",)), Audience(roles=("upt_head",), organisation=report.organisation_id)],
        subject=noop("Laporan %(cycle)s dari %(upt)s terkirim"),   # gettext_noop, Indonesian
        body=noop("Batasnya %(due)s."),                # may be left out
        context={"cycle": cycle.name, "upt": office.short_name, "due": cycle.due_on},   # text, int, date
        url=reverse("reflection:report", args=[report.pk]),
    )

The notice in the portal is written in the caller's transaction; the e-mail follows after the commit, from
the ledger. Saying the same (kind, period) to the same person again changes nothing. See docs/reliability.md.
"""

from .notify import notify
from .reading import mark_all_read, mark_read, save_preference
from .settling import retry_notice, settle_notice

__all__ = ["mark_all_read", "mark_read", "notify", "retry_notice", "save_preference", "settle_notice"]
