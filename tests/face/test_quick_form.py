"""The quick way to show a form gives the same page as the usual one."""

import re

import pytest
from django import forms
from django.template import Context, Template

from ikm_portal.styleguide import SampleForm

SHORT = re.compile(r"\s+")


class Everything(SampleForm):
    """The style guide's form with a hidden field, texts that need escaping and a password."""

    token = forms.CharField(widget=forms.HiddenInput, initial='"><script>')
    secret = forms.CharField(label="Sandi & kunci", widget=forms.PasswordInput, help_text="<b>Rahasia</b>")


def plain(html: str) -> str:
    return SHORT.sub(" ", html).replace("> <", "><").replace(" <", "<").replace("> ", ">").strip()


@pytest.mark.parametrize(
    "given",
    [
        None,
        {"present": "-1", "topic": ""},
        {"topic": "<i>'\"&", "mode": "daring", "themes": ["km"], "kind": "antar", "notes": "\n<b>", "agree": "on"},
    ],
)
def test_the_quick_form_shows_the_same_as_the_form(given):
    form = Everything(given)
    quick = Template("{% load quick_form %}{% quick_form form %}").render(Context({"form": form}))
    assert plain(quick) == plain(str(form))


def test_what_was_typed_is_escaped():
    form = Everything({"topic": '"><script>alert(1)</script>'})
    quick = Template("{% load quick_form %}{% quick_form form %}").render(Context({"form": form}))
    assert "<script" not in quick
