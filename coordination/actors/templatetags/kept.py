"""`{% kept "kombel/list_head.html" days=days filters=filters %}`: a part of a page, drawn once for the same values.

For what looks the same on most readers' pages and costs many variables. The part sees its values and nothing else,
no request and no reader; they must be hashable, and they and the language are what it is kept under.
"""

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def kept(name: str, **values: Any) -> SafeString:
    return drawn(get_language(), name, **values)


# Typed: a text that is already escaped equals one that is not.
@lru_cache(maxsize=512, typed=True)
def drawn(language: str | None, name: str, **values: Any) -> SafeString:
    return render_to_string(name, values)
