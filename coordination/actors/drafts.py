"""Between a form and its draft: what is kept of a form's fields, and how it comes back."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import JSONField
from django.db.models.expressions import RawSQL
from django.http import QueryDict

from .actor import Actor

NOT_KEPT = frozenset({"token", "version", "csrfmiddlewaretoken"})
MOST_VALUES = 500
LONGEST = 5_000


def draft_sql(prefix: str, table: str) -> str:
    """The reader's own draft of the form `prefix` on a row of `table`, as JSON or NULL.

    Both arguments are constants of the caller.
    """
    return f"""SELECT jsonb_build_object('version', d.version, 'fields', d.fields, 'saved_at', d.saved_at)
        FROM actors_draft d
        WHERE d.user_id = current_setting('app.user')::bigint AND d.key = '{prefix}-' || {table}.id"""  # noqa: S608


def draft_of(prefix: str, table: str) -> RawSQL:
    """`draft_sql` as a column: a form that opens on a phone makes no query of its own for its draft."""
    return RawSQL(f"({draft_sql(prefix, table)})", [], output_field=JSONField())  # noqa: S611


def typed(form: forms.BaseForm, data: QueryDict) -> dict[str, list[str]]:
    """The fields of a form as they were sent, in text and in bounds, without files and hidden keys."""
    return {
        name: [value[:LONGEST] for value in data.getlist(name)[:MOST_VALUES]]
        for name, field in form.fields.items()
        if name in data and name not in NOT_KEPT and not isinstance(field, forms.FileField)
    }


def fill(form: forms.BaseForm, draft: dict[str, Any] | None) -> None:
    """Put a draft into a form that was not sent; what the draft does not name was empty."""
    if not draft or form.is_bound:
        return
    for name, field in form.fields.items():
        if name in NOT_KEPT or isinstance(field, forms.FileField):
            continue
        values = draft["fields"].get(name, [])
        if isinstance(field, forms.MultipleChoiceField):
            form.initial[name] = values
        elif isinstance(field, forms.BooleanField):
            form.initial[name] = bool(values)
        else:
            form.initial[name] = values[0] if values else ""
    form.initial["version"] = draft["version"]


def saved_text(actor: Actor, saved_at: datetime) -> str:
    """When a draft was kept, by the clock of its owner's office or school: "09.41"."""
    return f"{saved_at.astimezone(actor.acting.zone):%H.%M}"
