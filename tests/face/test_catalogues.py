"""The English catalogue is complete, and both are made without any tool from outside Python."""

import re
import shutil

import polib
import pytest
from django.urls import reverse
from django.utils import translation

from ikm_portal.catalogues import (
    LOCALE,
    Message,
    NotLiteral,
    compile_stale,
    extract,
    python_messages,
    template_messages,
)

ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def english() -> dict:
    return {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(ENGLISH))}


def test_every_text_stands_in_the_english_catalogue(english):
    """`manage.py compile_catalogues --update` adds what is missing; the English is then written by hand."""
    missing = [f"{min(files)}: {text.text}" for text, files in extract().items() if _lacks(english, text)]
    assert not missing, "\n".join(sorted(missing))


def _lacks(english: dict, message: Message) -> bool:
    entry = english.get((message.context, message.text))
    return entry is None or not entry.translated()


def test_a_translation_keeps_the_placeholders_of_its_text(english):
    wrong = [
        entry.msgid
        for entry in english.values()
        for text in ([entry.msgstr] if not entry.msgid_plural else entry.msgstr_plural.values())
        if text and sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(entry.msgid))
    ]
    assert not wrong


def test_texts_are_found_in_templates_and_in_python():
    template = (
        '{% load i18n %}{% translate "Satu" %}{% blocktranslate trimmed with n=1 %}'
        '\n Ada {{ n }}\n{% endblocktranslate %}{% crumbs _("Dua") x %}'
    )
    assert [message.text for message in template_messages(template)] == ["Satu", "Ada %(n)s", "Dua"]
    source = 'x = _("A" "B"), ngettext("satu", "banyak", 2), pgettext("bulan", "Mei"), noop("C"), say("bukan")'
    plain = {Message("AB"), Message("C")}
    assert set(python_messages(source)) == plain | {Message("satu", "banyak"), Message("Mei", context="bulan")}


def test_a_text_put_together_while_running_is_refused():
    with pytest.raises(NotLiteral):
        list(python_messages('_(f"Ada {n}")'))


def test_a_catalogue_is_made_again_only_when_it_is_stale(tmp_path):
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(ENGLISH, folder)
    assert compile_stale(tmp_path) == [folder / "django.mo"]
    assert compile_stale(tmp_path) == []


def test_a_page_speaks_english_to_who_chose_it(client, db):
    client.post(reverse("set_language"), {"language": "en"})
    response = client.get(reverse("account_login"))
    assert "Forgot your password?" in response.text
    assert "Lupa" not in response.text


@pytest.mark.parametrize(("language", "expected"), [("id", "Nama pengguna atau surel"), ("en", "Username or e-mail")])
def test_the_login_field_says_what_may_be_typed(language, expected):
    from allauth.account.forms import LoginForm

    with translation.override(language):
        assert str(LoginForm().fields["login"].label) == expected
