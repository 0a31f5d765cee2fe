from ..models import Draft
from .base import Policy


def _own(actor, draft) -> bool:
    return draft.user_id == actor.user.pk


class DraftPolicy(Policy):
    """What somebody has not sent is theirs alone."""

    model = Draft
    rules = {"view": _own, "change": _own}

    @classmethod
    def visible_to(cls, actor, rows):
        return rows.filter(user_id=actor.user.pk)
