"""`{% quick_form form %}`: the same markup as `{{ form }}`, made in Python.

Each field of `{{ form }}` renders three or four templates; for a form that teachers open on their phones by the
thousand that was two thirds of the page's time. tests/face/test_quick_form.py holds both to the same result.
"""

from collections.abc import Callable
from html import escape
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext as from_django

register = template.Library()


@register.simple_tag
def quick_form(form: BaseForm) -> SafeString:
    """All fields of a form with labels, hints, errors and ARIA links, hidden ones last."""
    top = form.non_field_errors().copy()
    optional = f' <span class="opt">({escape(_("opsional"))})</span>'
    parts, hidden = [], []
    for name in form.fields:
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
    attrs = bound.build_widget_attrs({}, widget)
    if bound.auto_id and "id" not in widget.attrs:
        attrs.setdefault("id", bound.html_initial_id if bound.field.show_hidden_initial else bound.auto_id)
    found = widget.get_context(bound.html_name, bound.value(), attrs)["widget"]
    return SHAPES.get(widget.template_name, _input)(found)


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
