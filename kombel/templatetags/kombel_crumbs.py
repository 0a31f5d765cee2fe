from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coordination.actors.templatetags.portal import crumbs

from ..models import Kombel

register = template.Library()


@register.simple_tag
def kombel_crumbs(*parts: str, kombel: Kombel | None = None) -> SafeString:
    """The way back to the list, and to `kombel`; `parts` go on as in `{% crumbs %}`."""
    above = (kombel.name, reverse("kombel:detail", args=[kombel.pk])) if kombel else ()
    return crumbs(_("Komunitas"), _list(), *above, *parts)


@lru_cache(maxsize=1)
def _list() -> str:
    return reverse("kombel:list")
