"""`{% quick_form form %}`: the same markup as `{{ form }}`, made in Python.

Each field of `{{ form }}` renders three or four templates; for a form that teachers open on their phones by the
thousand that was two thirds of the page's time. tests/face/test_quick_form.py holds both to the same result.
"""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from django import forms, template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext as from_django

register = template.Library()


@register.simple_tag
def quick_form(form: BaseForm) -> SafeString:
    """All fields of a form with labels, hints, errors and ARIA links, hidden ones last.

    A form may name in `same_for_all` the fields that it never changes for one reader: as long as nothing was typed,
    those are drawn once.
    """
    top = form.non_field_errors().copy()
    optional = f' <span class="opt">({escape(_("opsional"))})</span>'
    same = () if form.is_bound or form.prefix else getattr(form, "same_for_all", ())
    parts, hidden = [], []
    for name, field in form.fields.items():
        if name in same and not field.widget.is_hidden:
            value = form.get_initial_for_field(field, name)
            if value is None or value == field.initial or isinstance(value, date):
                kind: Any = type(form)
                parts.append(_untouched(get_language(), kind, name, value))
                continue
        bound = form[name]
        if bound.is_hidden:
            hidden.append(_control(bound))
            top += [
                from_django("(Hidden field %(name)s) %(error)s") % {"name": name, "error": one} for one in bound.errors
            ]
        else:
            parts.append(_field(bound, optional))
    above = f'<div class="notice bad">{top}</div>' if top else ""
    return mark_safe("".join([above, *parts, *hidden]))


class _Alone(forms.Form):
    """Holds one field to draw."""


@lru_cache(maxsize=512)
def _untouched(language: str | None, form: type[BaseForm], name: str, value: Any) -> str:
    alone = _Alone(initial={name: value})
    alone.fields[name] = deepcopy(form.base_fields[name])  # type: ignore[attr-defined]
    return _field(alone[name], f' <span class="opt">({escape(_("opsional"))})</span>')


def _field(bound: BoundField, optional: str) -> str:
    errors = str(bound.errors) if bound.errors else ""
    classes = "field wrong" if errors else "field"
    hint = f'<div class="hint" id="{bound.auto_id}_helptext">{bound.help_text}</div>' if bound.help_text else ""
    label, control = escape(str(bound.label)), _control(bound)
    if bound.widget_type == "checkbox":
        named = f'<div><label for="{bound.id_for_label}">{label}</label>{hint}</div>'
        return f'<div class="{classes}">{errors}<div class="choice">{control}{named}</div></div>'
    if not bound.field.required and not getattr(bound.field, "quiet", False):
        label += optional
    if bound.use_fieldset:
        described = f' aria-describedby="{bound.aria_describedby}"' if bound.aria_describedby else ""
        return (
            f'<fieldset id="{bound.auto_id}_group" class="{classes}"{described}><legend>{label}</legend>'
            f"{hint}{errors}{control}</fieldset>"
        )
    return f'<div class="{classes}"><label for="{bound.id_for_label}">{label}</label>{hint}{errors}{control}</div>'


def _control(bound: BoundField) -> str:
    """The field's control, as its widget describes it."""
    widget = bound.field.widget
    plain = bound.auto_id and not (widget.attrs or bound.errors or _unusual(bound.field))
    if type(widget) is forms.HiddenInput and plain:
        value = widget.format_value(bound.value())
        held = f' value="{escape(value)}"' if value is not None else ""
        return f'<input type="hidden" name="{escape(bound.html_name)}"{held} id="{bound.auto_id}">'
    attrs = bound.build_widget_attrs({}, widget)
    if bound.auto_id and "id" not in widget.attrs:
        attrs.setdefault("id", bound.html_initial_id if bound.field.show_hidden_initial else bound.auto_id)
    if type(widget) is forms.CheckboxSelectMultiple and not widget.attrs:
        return _checkboxes(bound, list(widget.choices), attrs)
    found = widget.get_context(bound.html_name, bound.value(), attrs)["widget"]
    return SHAPES.get(widget.template_name, _input)(found)


def _unusual(field: forms.Field) -> bool:
    return field.disabled or field.show_hidden_initial


def _checkboxes(bound: BoundField, choices: list[tuple[Any, Any]], attrs: dict[str, Any]) -> str:
    """A long list of people to tick, without a description of each box."""
    name, group = escape(bound.html_name), attrs["id"]
    more = _attrs({key: value for key, value in attrs.items() if key != "id"})
    ticked = set(bound.field.widget.format_value(bound.value()))
    rows = [
        f'<div><label for="{group}_{number}"><input type="checkbox" name="{name}" value="{escape(str(value))}"{more} '
        f'id="{group}_{number}"{" checked" if str(value) in ticked else ""}><span>{escape(str(label))}</span>'
        "</label></div>"
        for number, (value, label) in enumerate(choices)
    ]
    return f'<div id="{group}" class="choices ">{"".join(rows)}</div>'


def _attrs(values: dict[str, Any]) -> str:
    parts = [
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in values.items()
        if value is not False and value is not None
    ]
    return "".join(parts)


def _input(widget: dict[str, Any]) -> str:
    value = f' value="{escape(str(widget["value"]))}"' if widget["value"] is not None else ""
    return f'<input type="{widget["type"]}" name="{escape(widget["name"])}"{value}{_attrs(widget["attrs"])}>'


def _textarea(widget: dict[str, Any]) -> str:
    text = escape(str(widget["value"])) if widget["value"] else ""
    return f'<textarea name="{escape(widget["name"])}"{_attrs(widget["attrs"])}>\n{text}</textarea>'


def _select(widget: dict[str, Any]) -> str:
    options = [
        f'<option value="{escape(str(one["value"]))}"{_attrs(one["attrs"])}>{escape(str(one["label"]))}</option>'
        for _group, group, _index in widget["optgroups"]
        for one in group
    ]
    return f'<select name="{escape(widget["name"])}"{_attrs(widget["attrs"])}>{"".join(options)}</select>'


def _choices(widget: dict[str, Any]) -> str:
    rows = [
        f'<div><label for="{one["attrs"]["id"]}">{_input(one)}<span>{escape(str(one["label"]))}</span></label></div>'
        for _group, group, _index in widget["optgroups"]
        for one in group
    ]
    name = escape(widget["attrs"].get("class", ""))
    return f'<div id="{widget["attrs"]["id"]}" class="choices {name}">{"".join(rows)}</div>'


SHAPES: dict[str, Callable[[dict[str, Any]], str]] = {
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/checkbox_select.html": _choices,
    "django/forms/widgets/radio.html": _choices,
}
