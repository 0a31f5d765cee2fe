"""The parts of the pages: what they say, what they keep, and the frame around them."""

import gzip
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.urls import reverse

from ikm_portal import navigation

STATIC = Path(settings.BASE_DIR) / "static"


def draw(source: str, **context) -> str:
    return Template("{% load portal %}" + source).render(Context(context))


class Meeting(forms.Form):
    topic = forms.CharField(label="Topik", help_text="Satu kalimat.")
    mode = forms.ChoiceField(label="Cara", choices=[("a", "Luring"), ("b", "Daring")], widget=forms.RadioSelect)
    note = forms.CharField(label="Catatan", required=False)

    def clean(self):
        raise forms.ValidationError("Salah satu harus diisi.")


def test_a_field_is_tied_to_its_hint_and_its_error():
    text = str(Meeting({})["topic"].as_field_group())
    assert 'for="id_topic"' in text
    assert 'aria-describedby="id_topic_helptext id_topic_error"' in text
    assert 'id="id_topic_helptext"' in text
    assert 'id="id_topic_error"' in text
    assert 'aria-invalid="true"' in text


def test_a_group_of_choices_is_a_fieldset_and_only_optional_fields_say_so():
    text = str(Meeting())
    assert "<legend>Cara</legend>" in text
    assert text.count("(opsional)") == 1


def test_the_error_summary_links_each_mistake_and_the_form_does_not_repeat_the_general_one():
    text = draw("{% error_summary form %}{{ form }}", form=Meeting({}))
    assert 'href="#id_topic"' in text
    assert text.count("Salah satu harus diisi.") == 1
    assert draw("{% error_summary form %}", form=Meeting()).strip() == ""


def test_what_people_typed_is_escaped_in_every_part():
    evil = "<script>"
    text = draw(
        "{% tag x %}{% crumbs x '/' x %}{% stat 1 x '/' %}{% task x '/' note=x %}"
        "{% page_head x lead=x %}{% endpage_head %}"
        "{% card x %}{{ x }}{% endcard %}{% notice x %}{{ x }}{% endnotice %}"
        "{% empty_state x %}{{ x }}{% endempty_state %}"
        "{% entry x %}{{ x }}{% endentry %}{% step x %}{{ x }}{% endstep %}{% meter 1 2 x %}",
        x=evil,
    )
    assert evil not in text
    assert text.count("&lt;script&gt;") >= 15


def test_an_unknown_tone_is_a_mistake_of_the_template():
    with pytest.raises(TemplateSyntaxError):
        draw("{% tag 'Aktif' 'hijau' %}")


def test_pagination_and_filters_keep_the_rest_of_the_address(rf):
    request = rf.get("/komunitas/", {"q": "melati & co", "page": "2"})
    page = Paginator(range(1204), 50).get_page(2)
    text = draw("{% pagination page %}", page=page, request=request)
    assert 'href="?q=melati+%26+co&amp;page=3"' in text
    assert "51–100 dari 1.204" in text


def test_a_filter_in_use_is_shown_open(rf):
    class Wanted(forms.Form):
        q = forms.CharField(required=False)
        kind = forms.CharField(required=False)
        state = forms.CharField(required=False)

    closed = draw("{% filter_form form %}", form=Wanted({}), request=rf.get("/x/"))
    opened = draw("{% filter_form form %}", form=Wanted({"state": "senyap"}), request=rf.get("/x/"))
    assert "<details>" in closed
    assert "<details open>" in opened
    assert "opsional" not in closed


def test_a_meter_over_its_maximum_stays_inside_and_says_so():
    assert 'class="m-over" width="100.00%"' in draw("{% meter 136 128 '136 poin.' tick=32 %}")


@pytest.mark.parametrize("group", sorted(navigation.MENUS))
def test_a_menu_has_at_most_six_entries_and_each_names_a_page(group):
    assert 1 <= len(navigation.MENUS[group]) <= 6
    assert [name for _label, name in navigation.MENUS[group] if not navigation.address(name)] == []


@pytest.mark.parametrize("group", sorted(navigation.MORE))
def test_what_a_menu_has_no_room_for_is_linked_from_the_home_and_names_a_page(group, cast):
    assert [name for _label, name in navigation.MORE[group] if not navigation.address(name)] == []
    assert not set(navigation.MORE[group]) & set(navigation.MENUS[group])
    person = {"dinas": "dinas_depok", "pusat": "admin", "upt": "upt_jabar"}.get(group, group)
    page = cast.client(person).get(reverse("home")).text
    for _label, name in navigation.MORE[group]:
        assert f'href="{navigation.address(name)}"' in page


def test_the_menu_marks_the_page_one_is_on(cast):
    response = cast.guru.get(reverse("home"))
    assert 'aria-current="page">Beranda' in response.text


def test_the_frame_keeps_its_budget(cast):
    css = sum(len(gzip.compress(path.read_bytes(), 9)) for path in (STATIC / "css").glob("*.css"))
    scripts = sum(len(gzip.compress(path.read_bytes(), 9)) for path in (STATIC / "js").glob("*.js"))
    login = len(gzip.compress(cast.anonymous.get(reverse("account_login")).content, 9))
    assert css <= 8 * 1024
    assert scripts <= 8 * 1024
    assert login <= 3 * 1024


def test_no_page_of_the_frame_has_inline_styles_or_scripts(cast):
    for address in (reverse("styleguide"), reverse("account_login"), reverse("home"), reverse("mfa_index")):
        text = cast.guru.get(address).text
        assert " style=" not in text
        assert "<style" not in text
        assert "onclick" not in text
        assert text.count("<script") == text.count("<script src=")
