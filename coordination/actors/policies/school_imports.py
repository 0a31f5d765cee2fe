from ..actor import Actor
from ..models import Role, School, SchoolImport, SchoolImportRow
from .actors import SchoolPolicy, in_area
from .base import Policy


def _reads(actor: Actor, obj) -> bool:
    return actor.role in {*SchoolPolicy.IMPORTERS, Role.PUSAT_READER} and in_area(actor, obj)


def _decides(actor: Actor, obj) -> bool:
    """The office that uploaded the list, and Pusat's admins; offices above it only read."""
    own = actor.acting is not None and actor.acting.path == obj.path
    return SchoolPolicy.may(actor, "import", School(path=obj.path)) and (own or actor.role == Role.PUSAT_ADMIN)


class SchoolImportPolicy(Policy):
    """Imports are seen by the offices of the area, and decided by the office that uploaded the list."""

    model = SchoolImport
    rules = {"view": _reads, "change": _decides}

    @classmethod
    def visible_to(cls, actor, rows):
        return rows if actor.role in {*SchoolPolicy.IMPORTERS, Role.PUSAT_READER} else rows.none()


class SchoolImportRowPolicy(Policy):
    """The rows of a list are seen with their import."""

    model = SchoolImportRow
    rules = {"view": _reads}

    @classmethod
    def visible_to(cls, actor, rows):
        return SchoolImportPolicy.visible_to(actor, rows)
