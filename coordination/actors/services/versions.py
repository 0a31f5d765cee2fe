"""Nobody overwrites somebody else's words: a change names the version it started from."""

from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from ..errors import Conflict

Row = TypeVar("Row", bound=Model)


def change_at_version(row: Row, *, version: int, values: dict[str, Any]) -> Row:
    """Write `values` into the row if it still has `version`, and count the version up; returns the locked row.

    Sending the same values again changes nothing, so a double click is no conflict. Raises Conflict with
    both versions, in the field's words, when somebody else was faster.
    """
    locked: Any = type(row)._default_manager.select_for_update().get(pk=row.pk)
    changed = {name: value for name, value in values.items() if getattr(locked, name) != value}
    if not changed:
        return locked
    if locked.version != version:
        raise Conflict(
            _("Isian ini sudah diubah sejak Anda membukanya."),
            mine=_in_words(locked, changed),
            theirs=_in_words(locked, {name: getattr(locked, name) for name in changed}),
        )
    for name, value in changed.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save(update_fields=[*changed, "version", *_stamps(locked)])
    return locked


def _stamps(row: Model) -> list[str]:
    return [field.name for field in row._meta.concrete_fields if getattr(field, "auto_now", False)]


def _in_words(row: Model, values: dict[str, Any]) -> dict[str, str]:
    found = {}
    for name, value in values.items():
        if name.endswith("_id"):
            continue  # a bare number says nothing to a reader; its name stands beside it
        field: Any = row._meta.get_field(name)
        found[str(field.verbose_name)] = _word(dict(field.flatchoices).get(value, value) if _hashable(value) else value)
    return found


def _hashable(value: Any) -> bool:
    return not isinstance(value, list | dict)


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return "–" if value in (None, "") else str(value)
