"""The catalogues of both languages, without any tool from outside Python.

Texts in the code are Indonesian. `locale/en` holds the English of each; `locale/id` only mends the
Indonesian of the libraries we use. The .mo files are made from the .po files when a process starts.
"""

import ast
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.reloader import translation_file_changed
from django.utils.translation.template import templatize

LOCALE = Path(__file__).parent / "locale"
ROOT = Path(__file__).parents[1]
FOLDERS = ("coordination", "ikm_portal", "kinerja", "kombel", "reflection", "templates")

SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop", "noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*((?:{LITERAL}\s*,?\s*)+)")


class Message(NamedTuple):
    text: str
    plural: str = ""
    context: str = ""


class NotLiteral(ValueError):
    """A text given to gettext that is put together while running, so that no catalogue can hold it."""


def compile_stale(folder: Path = LOCALE) -> list[Path]:
    """Make each .mo whose .po is newer; safe when several processes start at once. Returns what was made."""
    made = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        import polib  # only now: nearly every start has nothing to make

        fresh = target.with_suffix(f".{os.getpid()}.tmp")
        polib.pofile(str(source)).save_as_mofile(str(fresh))
        os.replace(fresh, target)
        translation_file_changed(None, target)  # forget what was read before it was made
        made.append(target)
    return made


def extract(root: Path = ROOT, folders: tuple[str, ...] = FOLDERS) -> dict[Message, set[str]]:
    """Every text of the interface with the files it stands in; raises NotLiteral."""
    found: dict[Message, set[str]] = defaultdict(set)
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.suffix == ".py" and "/migrations/" not in name:
                messages = python_messages(path.read_text("utf-8"), name)
            elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
                messages = template_messages(path.read_text("utf-8"))
            else:
                continue
            for message in messages:
                found[message].add(name)
    return found


def python_messages(source: str, name: str = "") -> Iterator[Message]:
    """The literal texts given to gettext's functions in a Python source."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if called not in SINGLE | PLURAL | CONTEXT:
            continue
        count = 1 if called in SINGLE else 2
        constants = [arg.value for arg in node.args[:count] if isinstance(arg, ast.Constant)]
        values = [value for value in constants if isinstance(value, str)]
        if len(values) < count:
            if called == "_" and not node.args:
                continue
            raise NotLiteral(f"{name}:{node.lineno}: {ast.unparse(node)[:80]}")
        yield _message(called, values)


def template_messages(source: str) -> Iterator[Message]:
    """The texts of a Django template, found by Django's own reading of its tags."""
    for called, arguments in CALL.findall(templatize(source)):
        yield _message(called, [ast.literal_eval(one) for one in re.findall(LITERAL, arguments)])


def _message(called: str, values: list[str]) -> Message:
    if called in CONTEXT:
        return Message(values[1], context=values[0])
    if called == "npgettext":
        return Message(values[1], values[2], values[0])
    return Message(values[0], values[1]) if called in PLURAL else Message(values[0])


def update(language: str = "en") -> tuple[int, int, int]:
    """Bring a catalogue in step with the code: returns how many texts are new, gone and untranslated."""
    import polib

    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    catalogue = polib.pofile(str(path), wrapwidth=110)
    found = extract()
    wanted = {(message.context, message.text): message for message in found}
    gone = [entry for entry in catalogue if (entry.msgctxt or "", entry.msgid) not in wanted and not entry.comment]
    for entry in gone:
        catalogue.remove(entry)
    known = {(entry.msgctxt or "", entry.msgid) for entry in catalogue}
    new = [wanted[key] for key in wanted if key not in known]
    for message in new:
        catalogue.append(polib.POEntry(msgid=message.text, msgctxt=message.context or None, **_empty(message)))
    for entry in catalogue:
        used = wanted.get((entry.msgctxt or "", entry.msgid))
        entry.occurrences = [(name, "") for name in sorted(found[used])] if used else []
    catalogue.sort(key=lambda entry: (entry.occurrences[:1], entry.msgid))
    catalogue.save(str(path))
    return len(new), len(gone), len(catalogue.untranslated_entries())


def _empty(message: Message) -> dict:
    return {"msgid_plural": message.plural, "msgstr_plural": {0: "", 1: ""}} if message.plural else {}
