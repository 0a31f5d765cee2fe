from ..models import Export
from .base import Policy


def _own(actor, export) -> bool:
    """The file shows what the role could see, so it is gone with the role."""
    return export.user_id == actor.user.pk and actor.acting is not None and export.membership_id == actor.acting.id


class ExportPolicy(Policy):
    """A prepared file is for the person who asked, in the role in which they asked."""

    model = Export
    rules = {"view": _own, "request": _own}

    @classmethod
    def visible_to(cls, actor, rows):
        return rows.filter(user_id=actor.user.pk, membership_id=actor.acting.id if actor.acting else 0)
