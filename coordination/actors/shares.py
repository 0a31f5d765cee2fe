"""Shares in percent as pages say them: of more than none never 0, of less than all never 100."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def rounded(part: int, whole: int) -> int:
    """A share in whole percent, half rounded up; 0 of nothing. For files and for sorting."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def number_said(part: int, whole: int) -> str:
    """A share in percent without its sign: 12, or <1 and >99 where rounding would deny a part or claim the whole."""
    found = rounded(part, whole)
    if part and not found:
        return "<1"
    return ">99" if part < whole and found == 100 else str(found)


def percent(part: int, whole: int) -> SafeString:
    """A share as `12%`; where it is only said to be below 1 or above 99, a screen reader hears both numbers."""
    said = number_said(part, whole)
    if said.isdigit():
        return format_html("{}%", said)
    words = in_words(part, whole)
    return format_html('<span aria-hidden="true">{}%</span><span class="hide">{}</span>', said, words)


def in_words(part: int, whole: int) -> str:
    """Both numbers of a share, exactly."""
    return _("%(part)s dari %(whole)s") % {"part": intcomma(part), "whole": intcomma(whole)}
