from collections.abc import Sequence

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..gates import Block
from ..models import Plan
from ..selectors.rapor import tags

register = template.Library()


@register.simple_tag
def why(plan: Plan, action: str, blocks: Sequence[Block]) -> SafeString | str:
    """The short line beside a locked step, with the way to the whole explanation; nothing when it is open.

    The view gives the blocks it has asked for already, so this costs no statement.
    """
    if not blocks:
        return ""
    url = reverse("kinerja:why", args=[plan.pk, action])
    return format_html(
        '<p class="small"><span class="tag mute">{}</span> {} <a href="{}">{}</a></p>',
        _("Terkunci"), blocks[0].rule, url, _("Mengapa?"),
    )  # fmt: skip


@register.simple_tag
def colour_tag(colours: dict[str, str], code: str) -> SafeString | str:
    """The colour the school's Rapor gives an indicator, in words; empty without one."""
    found = tags().get(colours.get(code, ""))
    return format_html('<p><span class="tag {}">{}</span></p>', found[1], found[0]) if found else ""
