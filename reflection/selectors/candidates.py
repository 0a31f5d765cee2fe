"""What a component could say: texts of meetings, sessions and plans, near-duplicates grouped by their words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from ..models import Kind, Source

# Words too common to say what a sentence is about.
COMMON = frozenset(
    """yang dan di ke dari untuk dengan pada dalam adalah itu ini juga sudah telah akan agar oleh atau karena
    ada para bagi secara lebih sangat masih belum tidak dapat bisa perlu harus saat ketika sebagai antara""".split()  # noqa: SIM905
)
ALIKE = 0.5
"""Share of common words from which two texts count as saying the same."""


@dataclass(frozen=True)
class Candidate:
    """One text that may become a priority or be merged into one."""

    origin: str
    ref_id: int
    part: str
    text: str
    kombel: str = ""
    held_on: date | None = None
    url: str = ""

    @property
    def key(self) -> str:
        return f"{self.origin}:{self.ref_id}:{self.part}"

    @property
    def label(self) -> str:
        return str(Source.Origin(self.origin).label)


@dataclass
class Group:
    """Candidates that say much the same; `shared` are the words by which the portal thinks so."""

    candidates: list[Candidate]
    words: frozenset[str]
    shared: frozenset[str] = field(default_factory=frozenset)

    @property
    def text(self) -> str:
        return self.candidates[0].text

    @property
    def keys(self) -> str:
        return ",".join(one.key for one in self.candidates)

    @property
    def shared_words(self) -> str:
        return ", ".join(sorted(self.shared))

    @property
    def communities(self) -> int:
        return len({one.kombel for one in self.candidates if one.kombel})


def words_of(text: str) -> frozenset[str]:
    """The telling words of a text, in small letters and without common endings."""
    return frozenset(_stem(word) for word in re.findall(r"[^\W\d_]{3,}", text.lower()) if word not in COMMON)


def grouped(candidates: Iterable[Candidate]) -> list[Group]:
    """Put candidates whose words overlap by half or more together, the most widely said first."""
    groups: list[Group] = []
    for one in candidates:
        words = words_of(one.text)
        home = next((group for group in groups if _overlap(group.words, words) >= ALIKE), None)
        if home is None:
            groups.append(Group([one], words))
        else:
            home.candidates.append(one)
            home.shared = (home.shared or home.words) & words
    return sorted(groups, key=lambda group: (-group.communities, -len(group.candidates)))


def _overlap(left: frozenset[str], right: frozenset[str]) -> float:
    union = left | right
    return len(left & right) / len(union) if union else 1.0


def _stem(word: str) -> str:
    for ending in ("nya", "kan", "lah"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word.removesuffix(ending)
    return word


def unused(candidates: Iterable[Candidate], report_id: int, kind: Kind) -> list[Candidate]:
    """Leave out what a priority of the component already came from."""
    used = set(
        Source.objects.filter(report_id=report_id, priority__component__kind=kind).values_list(
            "origin", "ref_id", "part"
        )
    )
    return [one for one in candidates if (one.origin, one.ref_id, one.part) not in used]
