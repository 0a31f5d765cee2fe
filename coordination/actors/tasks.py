from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError
from django.utils.translation import gettext as _

from .actor import actor_by_ids, system
from .tenancy.scope import SYSTEM


@shared_task(time_limit=300, soft_time_limit=280)
def send_invitations() -> int:
    """Send the invitations that wait; safe to run twice, each is claimed by its row's lock."""
    from .services.invitations import send_waiting_invitations

    return send_waiting_invitations()


@shared_task(soft_time_limit=12 * 60, time_limit=13 * 60)
def run_school_import(step: str, pk: int, user_id: int, membership_id: int) -> None:
    """Check, write or take back a school list in the area its user has now; safe to run twice."""
    from .services import school_imports

    try:
        scope = actor_by_ids(user_id, membership_id).scope
        school_imports.run_step(scope=scope, pk=pk, step=step)
    except LookupError:
        school_imports.fail_import(scope=SYSTEM, pk=pk, message=_("Peran pengunggah sudah berakhir."))
    except (DatabaseError, SoftTimeLimitExceeded):
        school_imports.fail_import(
            scope=SYSTEM, pk=pk, message=_("Impor terhenti karena gangguan. Unggah lagi berkasnya.")
        )
        raise


@shared_task(soft_time_limit=12 * 60, time_limit=13 * 60)
def run_export(pk: int, user_id: int, membership_id: int) -> None:
    """Write a long list to its file, in the area its asker has now; safe to run twice."""
    from .services import exports

    try:
        exports.write_export(actor=actor_by_ids(user_id, membership_id), pk=pk)
    except (LookupError, SoftTimeLimitExceeded):
        with system():
            exports.fail_export(pk=pk)


@shared_task(time_limit=60, soft_time_limit=50)
def tend_exports() -> None:
    """Take up exports whose message was lost."""
    from .services import exports

    with system():
        stalled = exports.stalled_exports()
    for ids in stalled:
        run_export.delay(*ids)


@shared_task(time_limit=300, soft_time_limit=280)
def clear_old_exports() -> int:
    """Remove prepared files older than seven days; safe to run twice."""
    from .services.exports import prune_exports

    with system():
        return prune_exports()


@shared_task(time_limit=1800, soft_time_limit=1780)
def clear_orphan_files() -> int:
    """Delete stored files that no row refers to; safe to run twice."""
    from .services import files

    return files.clear_orphan_files()


@shared_task(time_limit=300, soft_time_limit=280)
def clear_old_drafts() -> int:
    """Remove drafts that nobody has touched for long; safe to run twice."""
    from .services.drafts import prune_drafts

    with system():
        return prune_drafts()


@shared_task(time_limit=300, soft_time_limit=280)
def clear_old_logins() -> None:
    """Remove sessions that have ended by themselves; safe to run twice."""
    from .sessions import SessionStore

    with system():
        SessionStore.clear_expired()


@shared_task(time_limit=300, soft_time_limit=280)
def tend_school_imports() -> None:
    """Take up imports whose message was lost, and clear those older than a week."""
    from .services import school_imports

    with system():
        school_imports.prune_imports()
        stalled = school_imports.stalled_imports()
    for step, pk, user_id, membership_id in stalled:
        run_school_import.delay(step, pk, user_id, membership_id)
