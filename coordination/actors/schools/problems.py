from dataclasses import dataclass

OUTSIDE = "outside"
"""The row is right, but another office answers for its school."""
PADDED = "padded"
"""The NPSN was taken to have lost a zero; the portal's own schools say whether that is so."""


class FileProblem(ValueError):
    """The file as a whole cannot be read; the message says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell: its column, what it holds, why that will not do, how to mend it.

    `fatal` problems keep the row out; the others are notes on a value that was left out or corrected.
    `code` marks those that the import counts or settles later; `whose` is the kind of a school and the office that
    answers for it, where that is another one.
    """

    column: str
    content: str
    why: str
    mend: str
    fatal: bool = True
    code: str = ""
    whose: tuple[str, str] | None = None

    def as_json(self) -> dict[str, str | bool | dict[str, str]]:
        marked: dict[str, str | dict[str, str]] = {"code": self.code} if self.code else {}
        if self.whose:
            marked["whose"] = dict(zip(("kind", "office"), self.whose, strict=True))
        return {
            "column": self.column,
            "content": self.content,
            "why": self.why,
            "mend": self.mend,
            "fatal": self.fatal,
            **marked,
        }
