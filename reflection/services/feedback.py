"""Feedback that a penggerak collects before a session (RF-1)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal
from coordination.actors.services.versions import change_at_version

from ..models import Feedback, Undangan
from ..policies import FeedbackPolicy, UndanganPolicy


def record_feedback(*, actor: Actor, undangan: Undangan, **values: Any) -> Feedback:
    """Write down what pupils, teachers or the principal said; raises NotAllowed or Refusal."""
    UndanganPolicy.require(actor, "answer", undangan)
    _check_open(undangan)
    _check_filled(values)
    return Feedback.objects.create(undangan=undangan, path=undangan.path, written_by=actor.user, **values)


def change_feedback(*, actor: Actor, feedback: Feedback, version: int, **values: Any) -> Feedback:
    """Correct an entry; raises NotAllowed, Refusal or Conflict."""
    FeedbackPolicy.require(actor, "write", feedback)
    _check_open(feedback.undangan)
    _check_filled({name: getattr(feedback, name) for name in Feedback.TOPICS} | values)
    with transaction.atomic():
        return change_at_version(feedback, version=version, values=values)


def remove_feedback(*, actor: Actor, feedback: Feedback) -> None:
    """Remove an entry; notes that were made from it keep their text."""
    FeedbackPolicy.require(actor, "write", feedback)
    _check_open(feedback.undangan)
    feedback.delete()


def _check_open(undangan: Undangan) -> None:
    if not undangan.open_to_feedback:
        raise Refusal(_("Umpan balik dikumpulkan sebelum sesi selesai; sesi ini sudah selesai atau dibatalkan."))


def _check_filled(values: dict[str, Any]) -> None:
    if not any(values.get(name) for name in Feedback.TOPICS):
        raise Refusal(_("Isi paling sedikit satu topik."), mend=_("Tuliskan satu kalimat pada salah satu topik."))
