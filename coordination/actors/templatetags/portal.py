"""The parts every page is made of; templates/components/README.md shows each with an example.

Tags stay thin and the markup stays in templates/components/, but for the few lines that stand on every page: a
template call costs ten times what they do. Rows of long tables are plain HTML with classes for the same reason.
"""

from typing import Any

from django import template
from django.forms.utils import ErrorDict
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from ..shares import percent
from .kept import drawn

register = template.Library()
register.simple_tag(percent)

TONES = {"", "ok", "info", "warn", "bad", "mute", "bare"}


def _render(context: Any, name: str, values: dict) -> SafeString:
    return context.template.engine.get_template(f"components/{name}.html").render(context.new(values))


def _trim(content: str) -> SafeString:
    # The block was rendered by Django, so it is already escaped; strip() alone would forget that.
    return mark_safe(content.strip())


def _tone(tone: str) -> str:
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"unknown tone {tone!r}; one of {sorted(TONES)}")
    return tone


@register.simple_tag
def tag(text: str, tone: str = "mute") -> SafeString:
    """A status: a word with a shape (○ mute, ◐ info, ✓ ok, ▲ warn, ● bad), never colour alone."""
    return format_html('<span class="tag {}">{}</span>', _tone(tone), text)


@register.simple_tag
def crumbs(*parts: str) -> SafeString:
    """The way back: label, url, label, url, …, and last the label of the page itself."""
    pairs = zip(parts[1:-1:2], parts[0:-1:2], strict=True)
    links = format_html_join("", '<li><a href="{}">{}</a></li>', pairs)
    return format_html(
        '<nav class="crumbs" aria-label="{}"><ol>{}<li aria-current="page">{}</li></ol></nav>',
        gettext("Remah roti"),
        links,
        parts[-1],
    )


@register.simple_block_tag
def page_head(content: str, title: str, lead: str = "") -> SafeString:
    """The h1 with a lead sentence; the block holds the buttons beside it and may be empty."""
    actions = _trim(content)
    return format_html(
        '<div class="page-head"><div><h1>{}</h1>{}</div>{}</div>',
        title,
        format_html('<p class="lead">{}</p>', lead) if lead else "",
        format_html('<div class="actions">{}</div>', actions) if actions else "",
    )


@register.simple_block_tag(takes_context=True)
def card(context: Context, content: str, title: str = "", url: str = "", level: int = 2) -> SafeString:
    return _render(context, "card", {"title": title, "url": url, "level": level, "body": content})


@register.simple_block_tag(takes_context=True)
def notice(context: Context, content: str, title: str = "", tone: str = "info") -> SafeString:
    return _render(context, "notice", {"title": title, "tone": _tone(tone), "body": content})


@register.simple_block_tag(takes_context=True)
def details(context: Context, content: str, summary: str, is_open: bool = False) -> SafeString:
    return _render(context, "details", {"summary": summary, "is_open": is_open, "body": content})


@register.simple_block_tag(takes_context=True)
def empty_state(context: Context, content: str, title: str) -> SafeString:
    """Said instead of an empty list: what is not there, and in the block what to do next."""
    return _render(context, "empty_state", {"title": title, "body": _trim(content)})


@register.simple_block_tag
def entry(content: str, label: str) -> SafeString:
    """One line of a definition list: `<dl class="dl">{% entry "NPSN" %}99000003{% endentry %}</dl>`."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, content)


@register.simple_block_tag(takes_context=True)
def step(context: Context, content: str, title: str, state: str = "", when: str = "") -> SafeString:
    """One line of `<ol class="steps">`; state is done, now or empty (still to come)."""
    if state not in {"", "done", "now"}:
        raise template.TemplateSyntaxError(f"unknown state {state!r}; done, now or empty")
    values = {"title": title, "state": state, "when": when, "body": _trim(content)}
    return _render(context, "step", values)


@register.inclusion_tag("components/stat.html")
def stat(number: object, label: str, url: str = "", note: str = "", tone: str = "") -> dict:
    """A number that leads to its rows."""
    return {"number": number, "label": label, "url": url, "note": note, "tone": _tone(tone)}


@register.inclusion_tag("components/task.html")
def task(
    title: str,
    url: str,
    note: str = "",
    due: str = "",
    late: bool = False,
    status: str = "",
    tone: str = "mute",
) -> dict:
    """A row of `<ul class="tasks">`, clickable as a whole: a verb, a date and a status."""
    return {
        "title": title,
        "url": url,
        "note": note,
        "due": due,
        "late": late,
        "status": status,
        "tone": _tone(tone),
    }


@register.simple_tag(takes_context=True)
def error_summary(context: Context, *forms: Any) -> SafeString:
    """All mistakes of the forms at the top, focused and linked to their fields; nothing if there are none."""
    rows: list[tuple[str, str, str]] = []
    for form in forms:
        form.summarised = True  # so that the form does not repeat the errors that belong to no field
        errors: ErrorDict = getattr(form, "errors", None) or ErrorDict()
        for name, messages in errors.items():
            bound = form[name] if name in form.fields else None
            label, target = (bound.label, bound.id_for_label or bound.auto_id) if bound else ("", "")
            rows.extend((str(label), target, str(message)) for message in messages)
    return _render(context, "error_summary", {"rows": rows}) if rows else mark_safe("")


@register.inclusion_tag("components/meter.html")
def meter(value: int, maximum: int, sentence: str, tick: int = 0) -> dict:
    """A bar from 0 to maximum with an optional tick; the sentence says it in words."""
    share = 100 * value / maximum if maximum else 0
    return {
        "share": f"{min(share, 100):.2f}",
        "over": share > 100,
        "tick": f"{100 * tick / maximum:.2f}" if tick and maximum else "",
        "sentence": sentence,
    }


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: object, parameter: str = "page") -> dict:
    """Steps through a Django Page; every other part of the query string is kept."""
    query = context["request"].GET.copy()
    query.pop(parameter, None)
    kept = query.urlencode()
    return {"page": page, "prefix": f"?{kept}&{parameter}=" if kept else f"?{parameter}="}


@register.inclusion_tag("components/filter_form.html", takes_context=True)
def filter_form(context: Context, form: Any, first: int = 2, reset: str = "") -> dict:
    """A GET form; the first fields are always there, the rest open when one of them is in use."""
    fields = list(form.visible_fields())
    for bound in fields:
        bound.field.quiet = True  # every filter is optional, so saying it at each would be noise
    rest = fields[first:]
    return {
        "first": fields[:first],
        "rest": rest,
        "hidden": form.hidden_fields(),
        "in_use": any(field.value() not in (None, "", [], False) for field in rest),
        "reset": reset or context["request"].path,
    }


@register.simple_tag
def draft_line(url: str, key: str, version: int | str = 0, saved: str = "") -> SafeString:
    """The permanent save line inside a form, which form.js reads; `saved` is a time such as 09.41."""
    return format_html(
        '<p class="draft" role="status" data-autosave-url="{}" data-autosave-key="{}" data-autosave-version="{}" {}>'
        "{}</p>",
        url,
        key,
        version,
        drawn(get_language(), "components/draft_words.html"),
        f"{gettext('Tersimpan di server')} {saved}" if saved else "",
    )


@register.inclusion_tag("components/job.html")
def job(done: int, total: int, sentence: str) -> dict:
    """Progress of long work; the view refreshes it by an HTTP `Refresh` header with a way to stop it."""
    return {"done": done, "total": total, "sentence": sentence}
