"""The quick way to show a form gives the same page as the usual one."""

import re
from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from ikm_portal.styleguide import SampleForm
from kombel.forms import MeetingForm
from kombel.models import Kombel

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


class Same(Everything):
    same_for_all = frozenset(Everything.base_fields) - {"token"}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("initial", [{}, {"topic": "Asesmen", "notes": "<b>"}])
def test_fields_that_are_drawn_once_look_the_same_and_keep_what_is_filled_in(language, initial):
    with translation.override(language):
        for _again in range(2):
            form = Same(initial=initial)
            quick = Template("{% load quick_form %}{% quick_form form %}").render(Context({"form": form}))
            assert plain(quick) == plain(str(form))


def test_a_field_with_a_mistake_is_never_drawn_from_memory():
    form = Same({"present": "-1"})
    quick = Template("{% load quick_form %}{% quick_form form %}").render(Context({"form": form}))
    assert plain(quick) == plain(str(form))


def test_the_form_of_a_meeting_looks_the_same_drawn_quickly():
    members = [{"id": n, "name": f"Guru <{n}>", "cluster": 5, "cluster_name": "Kelas rendah"} for n in range(3)]
    for kind in ("dalam", "antar"):
        form = MeetingForm(
            initial={"held_on": date(2026, 11, 21), "members": ["1"]},
            kombel=Kombel(kind=kind),
            members=members,
            photo_megabytes=2,
            photos_most=3,
        )
        form.initial["token"] = "t"
        quick = Template("{% load quick_form %}{% quick_form form %}").render(Context({"form": form}))
        assert plain(quick) == plain(str(form))
