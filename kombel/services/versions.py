"""Two people editing the same row: the second one gets both versions, never a silent overwrite."""

from typing import Any

from django.utils.translation import gettext as _

from coordination.actors.errors import Conflict


def save_version(row: Any, *, version: int, values: dict) -> None:
    """Write `values` if the row still has `version`, and raise it by one; else raise Conflict (409).

    The conflict carries both versions under the fields' labels; a field both sides agree on is left out.
    """
    # Read now: the row in hand may be older than what the other person saved in between.
    theirs: Any = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if theirs.version != version:
        differing = [name for name, value in values.items() if getattr(theirs, name) != value]
        if differing:
            raise Conflict(
                _("Isian ini sudah diubah orang lain sejak Anda membukanya."),
                mine={_label(row, name): _shown(values[name]) for name in differing},
                theirs={_label(row, name): _shown(getattr(theirs, name)) for name in differing},
            )
    for name, value in values.items():
        setattr(row, name, value)
    row.version = theirs.version + 1
    row.save(update_fields=[*values, "version"])


def _label(row: Any, name: str) -> str:
    return str(row._meta.get_field(name).verbose_name)


def _shown(value) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return "–" if value in (None, "") else str(value)
