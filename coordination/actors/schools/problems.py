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
    `code` marks those that the import counts or settles later.
    """

    column: str
    content: str
    why: str
    mend: str
    fatal: bool = True
    code: str = ""

    def as_json(self) -> dict[str, str | bool]:
        marked = {"code": self.code} if self.code else {}
        return {
            "column": self.column,
            "content": self.content,
            "why": self.why,
            "mend": self.mend,
            "fatal": self.fatal,
            **marked,
        }
