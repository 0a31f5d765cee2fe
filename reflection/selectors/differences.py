"""Differences between two sent versions, word by word, as a page and a screen reader can tell them."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..models import Kind, ReportVersion
from ..models.reports import RANKS


@dataclass(frozen=True)
class Change:
    """One place that differs: `pieces` are (same | added | removed, words)."""

    label: str
    pieces: list[tuple[str, str]]


@dataclass(frozen=True)
class KindChanges:
    kind: Kind
    changes: list[Change]


def differences(before: ReportVersion, after: ReportVersion) -> list[KindChanges]:
    """What changed, by component in the order of the seed; components without changes are left out."""
    old, new = _texts(before), _texts(after)
    found = []
    for kind in Kind:
        labels = [*map(str, RANKS), "reason"]
        changes = [
            Change(label, words(old[kind].get(label, ""), new[kind].get(label, "")))
            for label in labels
            if old[kind].get(label, "") != new[kind].get(label, "")
        ]
        if changes:
            found.append(KindChanges(kind, changes))
    return found


def words(old: str, new: str) -> list[tuple[str, str]]:
    """The differences of two texts as (same | added | removed, words), in reading order."""
    left, right = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    pieces: list[tuple[str, str]] = []
    for verb, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if verb == "equal":
            pieces.append(("same", "".join(left[a:b])))
            continue
        if b > a:
            pieces.append(("removed", "".join(left[a:b])))
        if d > c:
            pieces.append(("added", "".join(right[c:d])))
    return pieces


def _texts(version: ReportVersion) -> dict[str, dict[str, str]]:
    return {
        part["kind"]: {str(one["rank"]): one["text"] for one in part["priorities"]} | {"reason": part["reason"]}
        for part in version.content["components"]
    }
